-- What bought credit is like, by the instant from which on; amounts are in the price's currency.
create table credit_terms (
    price_id         text not null references price,
    effective_at     timestamptz not null,
    valid_for        text,
    meter_ids        text[] not null,
    priority         integer not null,
    bonus_share      numeric,
    bonus_per_unit   numeric,
    rollover_amount  numeric,
    rollover_share   numeric,
    rollover_for     text,
    primary key (price_id, effective_at),
    check (bonus_share is null or bonus_per_unit is null),
    check ((rollover_for is null) = (rollover_amount is null and rollover_share is null)),
    check (rollover_amount is null or rollover_share is null)
);
comment on column credit_terms.valid_for is 'period of ISO 8601; null when the credit never expires';
comment on column credit_terms.meter_ids is 'empty when it may be spent on everything';
