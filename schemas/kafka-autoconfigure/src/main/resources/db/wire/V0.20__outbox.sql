-- Records that are to be sent, written in the transaction of the change that they tell of.
create table wire_outbox (
    id          bigint generated always as identity primary key,
    topic       text        not null,
    record_key  text        not null,
    type        text        not null, -- full name of the Avro record
    payload     bytea       not null, -- as it goes to Kafka: wire format, with the schema's id
    event_id    uuid        not null, -- header ce_id: the same however often the row is sent
    traceparent text,                 -- the trace of the change; null when it had none
    created_at  timestamptz not null
);

comment on table wire_outbox is 'Unsent records, in the order of their ids; a row is deleted once all in-sync replicas of its topic have it.';
