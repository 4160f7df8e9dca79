-- Objects that somebody waits for: a top-up that was paid is published ahead of whatever else is to be fetched.
alter table refresh_request add column urgent boolean not null default false;
create index refresh_request_urgent on refresh_request (next_attempt_at, request_id) where urgent;
