-- What the terms of a parked line depend on: how many units it sells, and when its invoice was paid.
alter table parked_credit add column quantity text, add column paid_at timestamptz;
comment on column parked_credit.paid_at is 'absent in lines of before, which were parked soon after they were paid';
