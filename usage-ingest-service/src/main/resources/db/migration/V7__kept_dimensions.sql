-- Which dimensions are kept apart is a setting. When it changes, what was counted before still lies where the old one put it, and a
-- correction has to find it there.
create table usage_total_dimensions (
    partition integer not null,
    from_offset bigint not null,
    names text[] not null,
    primary key (partition, from_offset)
);

comment on table usage_total_dimensions is 'Which dimensions were kept apart of usage of a partition, from a source offset on, up to the next row''s; a partition''s first row stands for all before it, too';
