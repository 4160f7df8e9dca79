-- Customers that were deleted in Stripe and whose they were: their invoices may still change.
create table former_customer (
    customer_id text primary key,
    account_id  text        not null,
    deleted_at  timestamptz not null
);

-- A closed account gets no successor for a deleted customer.
alter table account_customer add column closed boolean not null default false;

-- Since when a charge has waited for the customer, until when it may, and where the customer can confirm it.
alter table replenishment add column waits_since timestamptz;
alter table replenishment add column waits_until timestamptz;
alter table replenishment add column confirmation_url text;
