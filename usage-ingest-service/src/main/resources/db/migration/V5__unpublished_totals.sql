-- A total changes many times before it is published. Neither its version nor its time stands in an index any more, so that such a
-- change rewrites one row on its page and no index.
alter table usage_total
    add column is_unpublished boolean not null generated always as (published < version) stored;

drop index usage_total_unpublished;

create index usage_total_unpublished on usage_total (account_id) where is_unpublished;

alter table usage_total set (fillfactor = 70);

comment on column usage_total.is_unpublished is 'Whether usage.totals.v1 does not have the version yet';
