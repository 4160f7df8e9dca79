-- Up to where each partition's usage has been handled; moves in the transaction of the draw-downs it stands for.
create table usage_position (
    source_partition integer     not null primary key,
    source_offset    bigint      not null,
    next_offset      bigint      not null,
    moved_at         timestamptz not null
);
comment on column usage_position.source_offset is 'highest position in usage.events.v1 that has been handled; -1 before the first';
comment on column usage_position.next_offset is 'the record of usage.accepted.v1 to read next';

-- Usage that cannot be drawn down yet, visible and in order of arrival.
create table parked_usage (
    source_partition integer      not null,
    source_offset    bigint       not null,
    account_id       varchar(255) not null,
    meter_id         varchar(255) not null,
    source           text         not null,
    usage_id         text         not null,
    quantity         text         not null,
    occurred_at      timestamptz  not null,
    trace_id         varchar(64),
    reason           varchar(64)  not null,
    detail           text         not null,
    parked_at        timestamptz  not null,
    primary key (source_partition, source_offset)
);
create index parked_usage_account on parked_usage (account_id);

-- Lines of paid invoices of which it is not yet known whether they buy credit, or for whom.
create table parked_credit (
    line_id          varchar(255) not null primary key,
    invoice_id       varchar(255) not null,
    account_id       varchar(255),
    replenishment_id varchar(255),
    price_id         varchar(255),
    currency         varchar(3)   not null,
    subtotal         text         not null,
    amount           text         not null,
    reason           varchar(64)  not null,
    detail           text         not null,
    parked_at        timestamptz  not null
);
create index parked_credit_price on parked_credit (price_id);
