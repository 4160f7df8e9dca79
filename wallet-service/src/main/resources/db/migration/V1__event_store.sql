-- Axon's event store. Exactness rests on wallet_event_sequence: one event of a wallet per sequence. Axon's own table has
-- a third unique index, over event ids; nothing asks by it, and each index costs the hot path.
create table wallet_event (
    global_index         bigserial    not null primary key,
    event_identifier     varchar(255) not null,
    aggregate_identifier varchar(255) not null,
    sequence_number      bigint       not null,
    type                 varchar(255),
    time_stamp           varchar(255) not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(255),
    payload              bytea        not null,
    meta_data            bytea,
    constraint wallet_event_sequence unique (aggregate_identifier, sequence_number)
);

-- Already small and typically incompressible as Avro: keep rows in line and spend no time on compression.
alter table wallet_event alter column payload set storage external;

-- For the list of a wallet's grants; usage, which is nearly everything, is not in it.
create index wallet_event_grants on wallet_event (aggregate_identifier, sequence_number)
    where payload_type = 'io.drawdown.events.wallet.CreditGranted';

create table wallet_snapshot (
    aggregate_identifier varchar(255) not null,
    sequence_number      bigint       not null,
    type                 varchar(255) not null,
    event_identifier     varchar(255) not null unique,
    time_stamp           varchar(255) not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(255),
    payload              bytea        not null,
    meta_data            bytea,
    primary key (aggregate_identifier, sequence_number)
);

create table processor_token (
    processor_name varchar(255) not null,
    segment        integer      not null,
    token          bytea,
    token_type     varchar(255),
    time_stamp     varchar(255),
    owner          varchar(255),
    primary key (processor_name, segment)
);
