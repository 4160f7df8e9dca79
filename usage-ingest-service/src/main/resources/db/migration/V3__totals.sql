create table usage_total (
    account_id text not null,
    meter_id text not null,
    span text not null check (span in ('HOUR', 'DAY')),
    start_at timestamptz not null,
    dimensions jsonb not null,
    events bigint not null,
    sum numeric not null,
    max numeric not null,
    last numeric not null,
    last_at timestamptz not null,
    last_offset bigint not null,
    version bigint not null default 1,
    published bigint not null default 0,
    updated_at timestamptz not null,
    primary key (account_id, meter_id, span, start_at, dimensions)
);

create index usage_total_unpublished on usage_total (updated_at) where published < version;

create table usage_total_position (
    partition integer primary key,
    source_offset bigint not null
);

comment on table usage_total is 'What each account used of each meter in each hour and day of UTC, in which it occurred';
comment on column usage_total.dimensions is 'Those that drawdown.usage.totals.dimensions names';
comment on column usage_total.last_offset is 'The source offset of the last value: decides between events of one instant';
comment on column usage_total.version is 'Rises with each change; published is the one that usage.totals.v1 has';
comment on table usage_total_position is 'Up to where usage of each partition is in usage_total: moves in the same transaction';
