-- The wallet that a parked line's invoice names; absent for the account's main one.
alter table parked_credit add column wallet_id varchar(255);
