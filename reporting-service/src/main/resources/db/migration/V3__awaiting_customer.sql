-- Whether the customer was asked to confirm the payment of the top-up that is pending.
alter table wallet add column awaiting_customer boolean not null default false;
