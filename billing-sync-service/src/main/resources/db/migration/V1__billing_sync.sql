-- Every event of Stripe's that has been taken, by webhook or by sweep: what makes a repeat harmless.
create table stripe_event (
    event_id    text primary key,
    event_type  text        not null,
    object_kind text,
    object_id   text,
    source      text        not null check (source in ('WEBHOOK', 'SWEEP')),
    created_at  timestamptz not null,
    received_at timestamptz not null,
    taken_at    timestamptz not null
);
create index stripe_event_received on stripe_event (source, received_at);
create index stripe_event_taken on stripe_event (taken_at);

-- Objects that may have changed and are to be fetched. Rows are only ever added and removed, never updated by those
-- who ask, so asking waits for nobody; many requests for one object are served by one fetch.
create table refresh_request (
    request_id      bigint generated always as identity primary key,
    object_kind     text        not null,
    object_id       text        not null,
    requested_at    timestamptz not null,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    last_error      text
);
create index refresh_request_due on refresh_request (next_attempt_at, request_id);
create index refresh_request_object on refresh_request (object_id);

-- What was last published of each object. Whoever fetches it holds this row, so the fetch made last is stored last.
create table mirrored_object (
    object_id   text primary key,
    object_kind text    not null,
    customer_id text,
    account_id  text,
    content     bytea,
    gone        boolean not null default false,
    seen_at     timestamptz
);
create index mirrored_object_customer on mirrored_object (customer_id) where customer_id is not null;

-- An account and its customer in Stripe. sent_* is what Stripe was last told, or is being told under the current key.
create table account_customer (
    account_id         text primary key,
    account_updated_at timestamptz not null default 'epoch',
    name               text,
    email              text,
    customer_id        text unique,
    sent_name          text,
    sent_email         text,
    key_generation     integer     not null default 0,
    create_started_at  timestamptz,
    attempts           integer     not null default 0,
    next_attempt_at    timestamptz,
    last_error         text
);
create index account_customer_due on account_customer (next_attempt_at) where next_attempt_at is not null;

-- The intent to charge, stored before Stripe is asked.
create table replenishment (
    replenishment_id text primary key,
    wallet_id        text        not null,
    account_id       text        not null,
    amount           numeric     not null check (amount > 0),
    currency         char(3)     not null,
    stage            text        not null,
    customer_id      text,
    price_id         text,
    quantity         bigint,
    invoice_id       text,
    payment_id       text,
    key_generation   integer     not null default 0,
    failure_reason   text,
    failure_code     text,
    failure_detail   text,
    requested_at     timestamptz not null,
    stored_at        timestamptz not null,
    updated_at       timestamptz not null,
    attempts         integer     not null default 0,
    next_attempt_at  timestamptz,
    last_error       text
);
create index replenishment_due on replenishment (next_attempt_at) where next_attempt_at is not null;
create index replenishment_invoice on replenishment (invoice_id) where next_attempt_at is not null;
create index replenishment_account on replenishment (account_id, replenishment_id);

-- When each periodic comparison last ran, how far it got, and what stopped it.
create table sync_run (
    name        text primary key,
    position    timestamptz,
    finished_at timestamptz,
    found       integer not null default 0,
    last_error  text
);
