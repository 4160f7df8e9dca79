-- Accounts whose usage could not be recorded: what follows of theirs waits behind it.
create index parked_usage_failed on parked_usage (account_id) where reason = 'failed';
