-- What refunds, disputes and credit notes have taken back of lines of invoices, in their latest state. A line may be credited
-- after it was taken back: its invoice is on another topic.
create table payment_reversal (
    reversal_id varchar(255) not null,
    line_id     varchar(255) not null,
    account_id  varchar(255),
    kind        varchar(64)  not null,
    currency    varchar(3)   not null,
    paid        text         not null,
    taken_back  text         not null,
    seen_at     timestamptz  not null,
    primary key (reversal_id, line_id)
);
create index payment_reversal_line on payment_reversal (line_id);
