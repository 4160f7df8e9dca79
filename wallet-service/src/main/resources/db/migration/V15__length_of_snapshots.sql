-- How far two snapshots of a wallet are apart counts by how long it takes to read what lies between; one event may carry a
-- thousand usage events. What is there has another shape than this version reads, and goes with the next.
alter table wallet_snapshot add column length bigint not null default 0;
comment on column wallet_snapshot.length is 'events that are in it, and one more for each sixteen usage events in them';

-- To find those of another shape.
create index wallet_snapshot_shape on wallet_snapshot (wallet_id, shape);
