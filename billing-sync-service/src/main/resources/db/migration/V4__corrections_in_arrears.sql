-- Usage in arrears that was corrected.
alter table meter_event add column withdrawn_at timestamptz;
alter table meter_event add column replaces bigint;
comment on column meter_event.withdrawn_at is 'since when its usage counts no more; it is not sent, or Stripe is to cancel it';
comment on column meter_event.replaces is 'the meter event that must be gone from Stripe before this one is sent in its place';

drop index meter_event_stopped;
create index meter_event_stopped on meter_event (meter_event_id) where state in ('REFUSED', 'UNCERTAIN', 'IRREVOCABLE');
drop index meter_event_sent;
create index meter_event_over on meter_event (updated_at) where state in ('SENT', 'WITHDRAWN', 'CANCELLED', 'TAKEN_BACK');
