-- Meter events whose difference somebody has settled by hand, as by a credit note: who, why and when.
create table meter_event_settlement (
    meter_event_id bigint      not null,
    account_id     text        not null,
    meter_id       text        not null,
    hour           timestamptz not null,
    state_before   text        not null,
    quantity       numeric     not null,
    reason         text        not null,
    settled_by     text        not null,
    settled_at     timestamptz not null,
    primary key (meter_event_id, settled_at)
);
comment on column meter_event_settlement.quantity is 'what was billed by hand; less than nothing where usage was given back';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is an audit trail: rows are added, never changed', tg_table_name;
end
$$;
create trigger meter_event_settlement_is_append_only before update or delete or truncate on meter_event_settlement
    for each statement execute function refuse_change();

drop index meter_event_over;
create index meter_event_over on meter_event (updated_at)
    where state in ('SENT', 'WITHDRAWN', 'CANCELLED', 'TAKEN_BACK', 'SETTLED');
