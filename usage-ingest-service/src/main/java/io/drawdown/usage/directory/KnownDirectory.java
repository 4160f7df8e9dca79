package io.drawdown.usage.directory;

import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.usage.domain.Directory;
import io.drawdown.usage.domain.KnownAccount;
import io.drawdown.usage.domain.KnownMeter;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.wire.view.CompactedTopicView;
import org.jspecify.annotations.Nullable;

/** The directory that the two views feed. */
final class KnownDirectory implements Directory {

    private final AccountIndex accounts = new AccountIndex();
    private final MeterIndex meters = new MeterIndex();

    KnownDirectory(CompactedTopicView<Account> accountView, CompactedTopicView<Meter> meterView, ChangeSignal changes) {
        accountView.onChange((accountId, account) -> {
            accounts.put(accountId, account);
            changes.changed();
        });
        meterView.onChange((meterId, meter) -> {
            meters.put(meterId, meter);
            changes.changed();
        });
    }

    @Override
    public @Nullable KnownAccount account(String subject) {
        return accounts.find(subject);
    }

    @Override
    public @Nullable Counting counting(String meterId) {
        return meters.counting(meterId);
    }

    @Override
    public @Nullable KnownMeter meter(String eventName) {
        return meters.find(eventName);
    }
}
