-- Up to where wallet events have been sent to wallet.events.v1. One row; moved only by the session that holds the relay's lock.
create table relay_place (
    place    bigint      not null,
    moved_at timestamptz not null
);
create unique index relay_place_is_one on relay_place ((true));
comment on column relay_place.place is 'wallet_event.global_index of the last event that the broker has acknowledged; 0 before the first';

-- An earlier version kept its place in a token: go on below the first gap that it still waited for.
insert into relay_place (place, moved_at)
select coalesce(min(least(
        (held ->> 'index')::bigint,
        (select min(gap::bigint) - 1 from jsonb_array_elements_text(held -> 'gaps') gap))), 0), now()
from (select convert_from(token, 'UTF8')::jsonb held from processor_token
      where processor_name = 'relay' and token_type like '%GapAwareTrackingToken') tokens;

drop table processor_token;
