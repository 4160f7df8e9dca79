-- For what corrections ask of usage that was left to Stripe's meters: most wallets have none of these.
create index wallet_event_arrears on wallet_event (aggregate_identifier, sequence_number)
    where payload_type in ('io.drawdown.events.wallet.UsageLeftToArrears', 'io.drawdown.events.wallet.ArrearsAdjusted');

-- So that what can no longer be corrected is forgotten.
alter table replayed_usage add column noted_at timestamptz not null default now();
create index replayed_usage_noted on replayed_usage (noted_at);
