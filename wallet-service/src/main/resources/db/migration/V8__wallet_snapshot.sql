-- States of wallets after some of their events, so that a long history need not be read from its start: a cache, which may
-- be emptied at any time. The table of before was made for another form and never written.
drop table wallet_snapshot;

create table wallet_snapshot (
    wallet_id   varchar(255) not null,
    version     bigint       not null,
    recorded_at timestamptz  not null,
    shape       varchar(64)  not null,
    checksum    bigint       not null,
    state       bytea        not null,
    primary key (wallet_id, version)
);
comment on column wallet_snapshot.version is 'number of events that are in it';
comment on column wallet_snapshot.recorded_at is 'instant of the last of these';
comment on column wallet_snapshot.shape is 'fingerprint of the form of state: one that is not of this version of the service is passed over';
comment on column wallet_snapshot.checksum is 'CRC-32C of state';
