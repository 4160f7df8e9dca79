-- Where usage went that was drawn down after it had been parked. All other usage is found by its position, because the
-- draw-downs of a wallet follow each other as their usage does.
create table replayed_usage (
    source_partition integer      not null,
    source_offset    bigint       not null,
    wallet_id        varchar(255) not null,
    sequence_number  bigint       not null,
    primary key (source_partition, source_offset)
);
comment on column replayed_usage.sequence_number is 'the draw-down is the first one of the wallet from this sequence on that has the usage';

-- The last correction of each usage event that could not be followed yet: a correction says all that counts from then on,
-- so an earlier one is settled by it.
create table parked_correction (
    source_partition  integer      not null,
    usage_offset      bigint       not null,
    correction_offset bigint       not null,
    account_id        varchar(255) not null,
    meter_id          varchar(255) not null,
    source            text         not null,
    usage_id          text         not null,
    quantity          text,
    occurred_at       timestamptz,
    correction_id     text         not null,
    correction_reason text         not null,
    requested_by      text         not null,
    reason            varchar(64)  not null,
    detail            text         not null,
    parked_at         timestamptz  not null,
    primary key (source_partition, usage_offset)
);
comment on column parked_correction.quantity is 'null, as occurred_at, when the usage is void';

-- For what corrections ask of a history; nearly all events are draw-downs, and none of these.
create index wallet_event_adjustments on wallet_event (aggregate_identifier, sequence_number)
    where payload_type in ('io.drawdown.events.wallet.UsageAdjusted', 'io.drawdown.events.wallet.GrantVoided');
