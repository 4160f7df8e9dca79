-- How prices charge that are not so much per unit: by package, or by tiers.
alter table price add column package_size bigint, add column package_round_up boolean;

create table price_tier (
    price_id      text not null references price,
    place         integer not null,
    up_to         numeric,
    unit_amount   numeric not null,
    flat_amount   numeric not null,
    primary key (price_id, place)
);
comment on column price_tier.up_to is 'last quantity of the tier, inclusive; null in the last one, which has no end';
