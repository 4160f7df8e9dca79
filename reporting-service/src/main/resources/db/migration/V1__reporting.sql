-- Everything here can be made again from the topics; nothing here is the only copy of anything.

-- How far each partition has been applied: written with what it brought, so the two never disagree.
create table position (
    topic        text not null,
    partition    integer not null,
    next_offset  bigint not null,
    record_at    timestamptz not null,
    applied_at   timestamptz not null,
    primary key (topic, partition)
);

create table account (
    account_id          text primary key,
    name                text not null,
    email               text not null,
    currency            text not null,
    status              text not null,
    stripe_customer_id  text,
    updated_at          timestamptz not null
);

create table invoice (
    invoice_id        text primary key,
    number            text,
    customer_id       text not null,
    account_id        text,
    replenishment_id  text,
    wallet_id         text,
    status            text not null,
    currency          text not null,
    subtotal          numeric not null,
    total             numeric not null,
    amount_paid       numeric not null,
    amount_remaining  numeric not null,
    created_at        timestamptz not null,
    finalized_at      timestamptz,
    paid_at           timestamptz,
    seen_at           timestamptz not null
);

create table invoice_line (
    invoice_id   text not null references invoice on delete cascade,
    line_id      text not null,
    description  text,
    price_id     text,
    product_id   text,
    quantity     numeric,
    subtotal     numeric not null,
    amount       numeric not null,
    primary key (invoice_id, line_id)
);

create table payment (
    payment_id       text primary key,
    invoice_id       text,
    account_id       text,
    status           text not null,
    currency         text not null,
    amount           numeric not null,
    amount_received  numeric not null,
    failure_code     text,
    decline_code     text,
    created_at       timestamptz not null,
    seen_at          timestamptz not null
);

create table failed_replenishment (
    replenishment_id  text primary key,
    wallet_id         text not null,
    account_id        text not null,
    invoice_id        text,
    reason            text not null,
    code              text,
    detail            text not null,
    failed_at         timestamptz not null
);

-- sequence is the last event applied, seen the highest that came. Where they differ an event is missing and the wallet's
-- row, and every report that it is part of, is incomplete.
create table wallet (
    wallet_id             text primary key,
    account_id            text not null,
    currency              text,
    opened_at             timestamptz,
    sequence              bigint not null,
    seen                  bigint not null,
    settled               numeric not null,
    granted               numeric not null,
    paid                  numeric not null,
    drawn_down            numeric not null,
    replenishing          boolean not null,
    threshold             numeric,
    replenishment_amount  numeric,
    pending               text,
    last_failure          text,
    last_event_at         timestamptz not null
);
create index on wallet (account_id);
create index wallet_incomplete on wallet (wallet_id) where seen > sequence;

-- What was drawn down, by the day (UTC) on which the usage occurred.
create table wallet_usage (
    wallet_id  text not null references wallet on delete cascade,
    day        date not null,
    meter_id   text not null,
    amount     numeric not null,
    quantity   numeric not null,
    events     bigint not null,
    primary key (wallet_id, day, meter_id)
);

-- The newest ledger entries of all wallets; older ones are forgotten.
create table activity (
    wallet_id      text collate "C" not null,
    sequence       bigint not null,
    account_id     text not null,
    type           text not null,
    currency       text,
    amount         numeric,
    settled_after  numeric,
    detail         text,
    recorded_at    timestamptz not null,
    primary key (recorded_at, wallet_id, sequence)
);

-- Every amount of revenue once, on its day (UTC): billed when finalized, collected when paid, recognised when used.
create view movement as
    select currency, account_id, (finalized_at at time zone 'UTC')::date as day,
        total as billed, 0::numeric as collected, 0::numeric as recognised
    from invoice
    where finalized_at is not null and status not in ('VOID', 'DELETED')
    union all
    select currency, account_id, (paid_at at time zone 'UTC')::date, 0, amount_paid, 0
    from invoice
    where paid_at is not null and status = 'PAID'
    union all
    select w.currency, w.account_id, u.day, 0, 0, u.amount
    from wallet_usage u
    join wallet w using (wallet_id)
    where w.currency is not null;
