create table rejected_event (
    source_partition integer not null,
    source_offset bigint not null,
    sequence bigint generated always as identity,
    reason text not null,
    detail text not null,
    event_id text,
    event_source text,
    event_type text,
    subject text,
    arrived_at timestamptz not null,
    rejected_at timestamptz not null,
    original_key bytea,
    original_value bytea,
    replays integer not null default 0,
    replayed_at timestamptz,
    replayed_by text,
    primary key (source_partition, source_offset),
    unique (sequence)
);

create index rejected_event_by_reason on rejected_event (reason, sequence);
create index rejected_event_by_event on rejected_event (event_id, event_source, sequence) where event_id is not null;
create index rejected_event_by_age on rejected_event (rejected_at);

comment on table rejected_event is 'Usage events that were refused, as usage.rejected.v1 told: a copy for people to ask';
comment on column rejected_event.source_partition is 'Of usage.events.v1; -1 for an event that HTTP refused before it was stored';
comment on column rejected_event.source_offset is 'With the partition the identity of the refusal; a fingerprint where the partition is -1';
comment on column rejected_event.sequence is 'The order of arrival here, which lists follow';
comment on column rejected_event.arrived_at is 'When the original was stored by the broker, or received over HTTP';
comment on column rejected_event.replays is 'How often the original was sent again from here';
