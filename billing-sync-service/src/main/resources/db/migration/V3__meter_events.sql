-- Up to which event of each wallet its usage in arrears has been taken over.
create table arrears_place (
    wallet_id text primary key,
    sequence  bigint not null
);

-- Usage in arrears as it goes to Stripe, one meter event each. What can be added up is collected by account, meter and hour
-- of occurrence for a while; the rest is a meter event by itself.
create table meter_event (
    meter_event_id  bigint generated always as identity primary key,
    account_id      text        not null,
    meter_id        text        not null,
    hour            timestamptz not null,
    occurred_at     timestamptz not null,
    summed          boolean     not null,
    quantity        numeric     not null,
    usage_events    bigint      not null,
    state           text        not null,
    cause           text        not null,
    generation      integer     not null default 1,
    customer_id     text,
    opened_at       timestamptz not null,
    sending_since   timestamptz,
    updated_at      timestamptz not null,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz,
    last_error      text
);
comment on column meter_event.occurred_at is 'when the latest usage in it occurred';
comment on column meter_event.cause is 'derived from the wallet event that opened it; with the generation the identifier at Stripe';
comment on column meter_event.sending_since is 'when its identifier may first have reached Stripe, which remembers it for a day';
create unique index meter_event_collecting on meter_event (account_id, meter_id, hour) where state = 'COLLECTING';
create unique index meter_event_cause on meter_event (cause);
create index meter_event_due on meter_event (next_attempt_at) where next_attempt_at is not null;
create index meter_event_stopped on meter_event (meter_event_id) where state in ('REFUSED', 'UNCERTAIN');
create index meter_event_sent on meter_event (updated_at) where state = 'SENT';
create index meter_event_account on meter_event (account_id, meter_id, hour);

-- What Stripe has said about meter events that it had accepted and could not count.
create table meter_error_report (
    event_id        text primary key,
    type            text        not null,
    meter_id        text,
    created_at      timestamptz not null,
    summary         text,
    errors          bigint,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz,
    last_error      text
);
create index meter_error_report_due on meter_error_report (next_attempt_at) where next_attempt_at is not null;
