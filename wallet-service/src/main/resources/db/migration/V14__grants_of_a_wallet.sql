-- For the list of a wallet's grants, and for the terms of each, which corrections ask for; usage, which is nearly everything, is
-- not in it. The index of before had CreditGranted alone, and so could serve neither.
create index wallet_event_credit on wallet_event (aggregate_identifier, sequence_number)
    where payload_type in (
        'io.drawdown.events.wallet.CreditGranted', 'io.drawdown.events.wallet.GrantRolledOver',
        'io.drawdown.events.wallet.CreditGivenBack', 'io.drawdown.events.wallet.GrantVoided');

drop index wallet_event_grants;
