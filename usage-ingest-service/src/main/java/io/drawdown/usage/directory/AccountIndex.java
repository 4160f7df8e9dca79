package io.drawdown.usage.directory;

import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.domain.KnownAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Accounts by id and by external key. Written by one thread at a time, read by any. */
final class AccountIndex {

    private final Map<String, KnownAccount> byId = new ConcurrentHashMap<>();
    private final Map<String, KnownAccount> byExternalKey = new ConcurrentHashMap<>();
    private final Map<String, List<String>> externalKeysOf = new HashMap<>();

    @Nullable
    KnownAccount find(String subject) {
        var account = byId.get(subject);
        return account != null ? account : byExternalKey.get(subject);
    }

    synchronized void put(String accountId, @Nullable Account account) {
        if (account == null) {
            byId.remove(accountId);
            dropExternalKeys(accountId, List.of());
            return;
        }
        var known = new KnownAccount(
                accountId, account.getStatus() == AccountStatus.CLOSED, Zone.of(account.getTimeZone()));
        byId.put(accountId, known);
        account.getExternalKeys().forEach(key -> byExternalKey.put(key, known));
        dropExternalKeys(accountId, account.getExternalKeys());
        externalKeysOf.put(accountId, List.copyOf(account.getExternalKeys()));
    }

    /** New keys go in before old ones go out, so that a key that stays is never missing in between. */
    private void dropExternalKeys(String accountId, List<String> kept) {
        var before = externalKeysOf.remove(accountId);
        if (before != null) {
            before.stream().filter(key -> !kept.contains(key)).forEach(key -> dropIfOwned(key, accountId));
        }
    }

    /** Another account may have taken the key over in the meantime. */
    private void dropIfOwned(String key, String accountId) {
        byExternalKey.computeIfPresent(key, (_, owner) -> owner.accountId().equals(accountId) ? null : owner);
    }
}
