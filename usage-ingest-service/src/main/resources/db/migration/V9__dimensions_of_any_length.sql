-- A dimension may have 1,024 characters, and a row of an index no more than 2,704 bytes: in the index stands the digest of the
-- dimensions instead. What a total's dimensions are, and which are the same, stays as it was.
--
-- What is hashed is their text, which is the same for the same dimensions, in the database's encoding. The cast to bytea takes a
-- backslash for an escape, hence two of them; a conversion to UTF-8 would do without, but counts as changeable and cannot stand in an index.
create function dimensions_digest(dimensions jsonb) returns bytea language sql immutable parallel safe
    return sha256(replace(dimensions::text, '\', '\\')::bytea);

comment on function dimensions_digest is 'The SHA-256 of dimensions: stands for them in indexes, which could not hold the longest of them';

-- Reads go on while the indexes are built, and stop only for what follows.
create unique index usage_total_key on usage_total (account_id, meter_id, span, start_at, dimensions_digest(dimensions));
create unique index usage_text_key on usage_text (account_id, meter_id, start_at, text, dimensions_digest(dimensions));

alter table usage_total drop constraint usage_total_pkey;
alter table usage_text drop constraint usage_text_pkey;
