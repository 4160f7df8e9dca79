-- The topics in which the positions of usage_position stand. An offset means nothing in another one of the same name.
create table usage_topic (
    name     varchar(249) not null primary key,
    topic_id varchar(64)  not null
);
