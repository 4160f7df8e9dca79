-- What was captured for each invoice, payment by payment.
create table invoice_payment (
    invoice_id          text not null references invoice on delete cascade,
    invoice_payment_id  text not null,
    payment_id          text,
    amount              numeric not null,
    paid_at             timestamptz not null,
    primary key (invoice_id, invoice_payment_id)
);

-- Refunds, disputes and credit notes: how much of each is taken back now.
create table reversal (
    reversal_id  text primary key,
    kind         text not null,
    state        text not null,
    invoice_id   text,
    payment_id   text,
    account_id   text,
    currency     text not null,
    amount       numeric not null,
    taken_back   numeric not null,
    reason       text,
    created_at   timestamptz not null,
    seen_at      timestamptz not null
);

-- Money that came in, on its day (UTC): each captured payment, also of an invoice of which more is owed, and what was paid
-- beside them (out of band, or before payments were told of) when the invoice was seen to have it.
create view receipt as
    select i.invoice_id, i.currency, i.account_id, i.replenishment_id, (p.paid_at at time zone 'UTC')::date as day, p.amount
    from invoice i
    join invoice_payment p using (invoice_id)
    union all
    select i.invoice_id, i.currency, i.account_id, i.replenishment_id,
        (coalesce(i.paid_at, i.seen_at) at time zone 'UTC')::date, i.amount_paid - coalesce(p.amount, 0)
    from invoice i
    left join (select invoice_id, sum(amount) as amount from invoice_payment group by invoice_id) p using (invoice_id)
    where i.amount_paid > coalesce(p.amount, 0);

create or replace view movement as
    select currency, account_id, (finalized_at at time zone 'UTC')::date as day,
        total as billed, 0::numeric as collected, 0::numeric as recognised
    from invoice
    where finalized_at is not null and status not in ('VOID', 'DELETED')
    union all
    select currency, account_id, day, 0, amount, 0
    from receipt
    union all
    select w.currency, w.account_id, u.day, 0, 0, u.amount
    from wallet_usage u
    join wallet w using (wallet_id)
    where w.currency is not null;
