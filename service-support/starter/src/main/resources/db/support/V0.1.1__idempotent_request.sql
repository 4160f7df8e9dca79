create table idempotent_request (
    operation text not null,
    idempotency_key text not null,
    request_sha256 text not null,
    result text,
    recorded_at timestamptz not null,
    primary key (operation, idempotency_key)
);

comment on table idempotent_request is 'State-changing requests that have been carried out, by the key of their caller';
comment on column idempotent_request.request_sha256 is 'Of the canonical JSON of the request, hexadecimal';
comment on column idempotent_request.result is 'JSON; null only inside the transaction that carries the request out';

create index idempotent_request_by_age on idempotent_request (recorded_at);
