create table usage_correction (
    correction_id text primary key,
    account_id text not null,
    usage_source text not null,
    usage_id text not null,
    replacement jsonb,
    reason text not null,
    requested_by text not null,
    requested_at timestamptz not null
);

create table usage_corrected (
    source_partition integer not null,
    source_offset bigint not null,
    correction_id text not null,
    account_id text not null,
    meter_id text not null,
    usage_source text not null,
    usage_id text not null,
    before jsonb not null,
    after jsonb,
    text text,
    reason text not null,
    requested_by text not null,
    accepted_at timestamptz not null,
    primary key (source_partition, source_offset)
);

create index usage_corrected_by_correction on usage_corrected (correction_id);
create index usage_corrected_by_usage on usage_corrected (account_id, usage_source, usage_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is an audit trail: rows are added, never changed', tg_table_name;
end
$$;

create trigger usage_correction_is_append_only before update or delete or truncate on usage_correction
    for each statement execute function refuse_change();
create trigger usage_corrected_is_append_only before update or delete or truncate on usage_corrected
    for each statement execute function refuse_change();

comment on table usage_correction is 'Corrections of usage that were asked for over HTTP: who, what and why';
comment on table usage_corrected is 'Corrections that count, over whichever way they came: what counted before and what counts after';
comment on column usage_corrected.source_offset is 'Of the request in usage.events.v1: with the partition, the identity of what was decided';
comment on column usage_corrected.text is 'Of a meter that counts unique texts: the one whose usage is void; before and after then tell what stands for it';

create table usage_value (
    source_partition integer not null,
    source_offset bigint not null,
    account_id text not null,
    meter_id text not null,
    occurred_at timestamptz not null,
    dimensions jsonb not null,
    value numeric not null,
    primary key (source_partition, source_offset)
);

create index usage_value_by_time on usage_value (account_id, meter_id, occurred_at);
create index usage_value_by_age on usage_value (occurred_at);

comment on table usage_value is 'Each usage of meters whose total is the last or the largest value, as long as it may be corrected: from what is left, such a total is found anew';

create table usage_text (
    account_id text not null,
    meter_id text not null,
    start_at timestamptz not null,
    text bytea not null,
    dimensions jsonb not null,
    events bigint not null,
    primary key (account_id, meter_id, start_at, text, dimensions)
);

create index usage_text_by_age on usage_text (start_at);

comment on table usage_text is 'How often each text was used in each hour, of meters that count unique texts';
comment on column usage_text.text is 'The first half of its SHA-256';
