alter table rejected_event add column sent bytea;

comment on column rejected_event.original_value is 'What is replayed: the value of the record in usage.events.v1, over HTTP of the record that was read from the event; what was sent, if that is malformed';
comment on column rejected_event.sent is 'The event as it was sent over HTTP, only to be looked at; null for a record, for what is malformed, and before this column was there';
