-- Accounts from before this are in UTC, as everything was.
alter table account add column time_zone text not null default 'UTC';

comment on column account.time_zone is 'Region of the IANA time zone database in which its months, days and hours begin; never changes';
