-- Which wallet has something to settle by the passing of time (an expiry, credit that begins), and from when on. A row may
-- be early, never late.
create table wallet_due (
    wallet_id varchar(255) not null primary key,
    due_at    timestamptz  not null
);
create index wallet_due_at on wallet_due (due_at, wallet_id);

-- Wallets of before this table are looked at once; what they wait for is noted then.
insert into wallet_due (wallet_id, due_at)
select distinct aggregate_identifier, now() from wallet_event
where payload_type = 'io.drawdown.events.wallet.CreditGranted';
