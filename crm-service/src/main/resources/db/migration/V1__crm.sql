-- Ids are made by this service in the order of time, so that ordering by id is ordering by age.

create table company (
    company_id  text primary key,
    name        text not null,
    created_at  timestamptz not null
);

create table lead (
    lead_id         text primary key,
    company_name    text not null,
    contact_name    text not null,
    email           text not null,
    source          text,
    owner           text,
    status          text not null check (status in ('new', 'qualified', 'converted')),
    company_id      text references company,
    opportunity_id  text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    check ((status = 'converted') = (company_id is not null and opportunity_id is not null))
);

create table opportunity (
    opportunity_id  text primary key,
    lead_id         text not null unique references lead,
    company_id      text not null references company,
    name            text not null,
    amount          numeric check (amount >= 0),
    currency        text check (currency ~ '^[A-Z]{3}$'),
    email           text not null,
    owner           text,
    stage           text not null
        check (stage in ('qualification', 'proposal', 'negotiation', 'closed-won', 'closed-lost')),
    account_id      text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    check ((amount is null) = (currency is null)),
    check ((stage = 'closed-won') = (account_id is not null))
);

create table account (
    account_id          text primary key,
    opportunity_id      text not null unique references opportunity,
    company_id          text not null references company,
    name                text not null,
    email               text not null,
    owner               text,
    currency            text not null check (currency ~ '^[A-Z]{3}$'),
    status              text not null check (status in ('ACTIVE', 'CLOSED')),
    stripe_customer_id  text unique,
    created_at          timestamptz not null,
    updated_at          timestamptz not null
);

alter table opportunity add foreign key (account_id) references account deferrable initially deferred;

-- The primary key is what makes a key lead to one account only.
create table account_external_key (
    external_key  text primary key,
    account_id    text not null references account
);
create index on account_external_key (account_id);

-- Every customer in Stripe that says it is of one of our accounts, as last seen.
create table stripe_customer (
    customer_id  text primary key,
    account_id   text not null references account,
    deleted      boolean not null,
    seen_at      timestamptz not null
);
create index on stripe_customer (account_id);

create table product (
    product_id  text primary key,
    name        text not null,
    active      boolean not null,
    seen_at     timestamptz not null,
    updated_at  timestamptz not null
);

-- A price may be told of before its product or its meter: Stripe's order is not ours, so nothing is referenced.
create table price (
    price_id      text primary key,
    product_id    text not null,
    kind          text not null,
    scheme        text not null,
    unit_amount   numeric,
    currency      text not null,
    meter_id      text,
    active        boolean not null,
    credit_grant  boolean not null default false,
    seen_at       timestamptz not null,
    updated_at    timestamptz not null,
    check (not credit_grant or kind = 'ONE_OFF')
);

create table meter (
    meter_id      text primary key,
    event_name    text not null,
    display_name  text not null,
    aggregation   text not null,
    value_key     text not null,
    active        boolean not null,
    seen_at       timestamptz not null,
    updated_at    timestamptz not null
);

-- What rates a meter from when on; the primary key makes the last of two mappings of one instant win.
create table price_mapping (
    meter_id      text not null references meter,
    effective_at  timestamptz not null,
    price_id      text not null references price,
    product_id    text not null,
    primary key (meter_id, effective_at)
);
