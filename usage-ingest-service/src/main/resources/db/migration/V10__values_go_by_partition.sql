-- Values are dropped partition by partition: those that one keeps for longer are in the way of no other's.
create index usage_value_by_partition on usage_value (source_partition, occurred_at);
drop index usage_value_by_age;
