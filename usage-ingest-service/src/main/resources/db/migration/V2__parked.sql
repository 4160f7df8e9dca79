alter table rejected_event add column parked boolean not null default false;

create index rejected_event_parked on rejected_event (subject, sequence) where parked;

comment on column rejected_event.parked is 'Waits to be replayed by itself when its account is known';
