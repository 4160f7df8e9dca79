-- Windows are hours and days of the account's time zone from now on, and a day on which its clock is changed is longer or shorter. Those
-- that are here are of UTC.
alter table usage_total add column end_at timestamptz;

comment on table usage_total is 'What each account used of each meter in each hour and day of its time zone, in which it occurred';
comment on column usage_total.end_at is 'Exclusive; null where the window was first counted before the column was there: an hour or 24 later';
