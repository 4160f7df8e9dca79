package io.drawdown.usage.directory;

import static java.util.Objects.requireNonNull;

import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.domain.KnownAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts by id and by external key. Written by one thread at a time, read by any.
 *
 * <p>A key that moves is for a while in the records of two accounts, which may stand on different partitions and come in
 * either order, old records among them. So each key has all accounts whose last record lists it; it names the one that
 * changed last.
 */
final class AccountIndex {

    /** The id only breaks ties. */
    private static final Comparator<Listing> LATER = Comparator.comparing(Listing::updatedAt)
            .thenComparing(listing -> listing.account().accountId(), Comparator.reverseOrder());

    private final Map<String, KnownAccount> byId = new ConcurrentHashMap<>();
    private final Map<String, KnownAccount> byExternalKey = new ConcurrentHashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();
    private final Map<String, Set<String>> accountIdsOf = new HashMap<>();

    @Nullable
    KnownAccount find(String subject) {
        var account = byId.get(subject);
        return account != null ? account : byExternalKey.get(subject);
    }

    synchronized void put(String accountId, @Nullable Account account) {
        if (account == null) {
            byId.remove(accountId);
            unlist(listings.remove(accountId), Set.of());
            return;
        }
        var listing = listing(accountId, account);
        byId.put(accountId, listing.account());
        var before = listings.put(accountId, listing);
        listing.externalKeys().forEach(key -> list(key, accountId));
        unlist(before, listing.externalKeys());
    }

    private static Listing listing(String accountId, Account account) {
        var known = new KnownAccount(
                accountId, account.getStatus() == AccountStatus.CLOSED, Zone.of(account.getTimeZone()));
        return new Listing(known, account.getUpdatedAt(), Set.copyOf(account.getExternalKeys()));
    }

    private void list(String key, String accountId) {
        accountIdsOf.merge(key, Set.of(accountId), AccountIndex::both);
        choose(key);
    }

    private void unlist(@Nullable Listing before, Set<String> kept) {
        if (before != null) {
            before.externalKeys().stream().filter(key -> !kept.contains(key)).forEach(key -> {
                accountIdsOf.computeIfPresent(
                        key, (_, ids) -> without(ids, before.account().accountId()));
                choose(key);
            });
        }
    }

    private void choose(String key) {
        accountIdsOf.getOrDefault(key, Set.of()).stream()
                .map(id -> requireNonNull(listings.get(id)))
                .max(LATER)
                .ifPresentOrElse(listing -> byExternalKey.put(key, listing.account()), () -> byExternalKey.remove(key));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return some.equals(others)
                ? some
                : Stream.of(some, others).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Set<String> without(Set<String> ids, String id) {
        var rest = ids.stream().filter(other -> !other.equals(id)).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty() ? null : rest;
    }

    /** What an account's last record says. */
    private record Listing(KnownAccount account, Instant updatedAt, Set<String> externalKeys) {}
}
