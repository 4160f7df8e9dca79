package io.drawdown.chaos.check;

import io.drawdown.events.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** wallet.events.v1 as a plain consumer sees it: each wallet's events, and what is wrong with how they came. */
final class WalletTopic {

    private final Map<String, SortedMap<Long, SpecificRecord>> wallets = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long repeats;

    static WalletTopic read(TopicReader reader) {
        return of(reader.read(Topic.WALLET_EVENTS).stream()
                .map(ConsumerRecord::value)
                .toList());
    }

    /** The records of a topic, of each wallet in the order in which they came. */
    static WalletTopic of(List<? extends SpecificRecord> records) {
        var topic = new WalletTopic();
        records.forEach(topic::add);
        return topic;
    }

    /** It is sent at least once: a repeat is in order, another event in the same place is not. */
    private void add(SpecificRecord event) {
        var header = Header.of(event);
        var events = wallets.computeIfAbsent(header.walletId(), _ -> new TreeMap<>());
        var before = events.putIfAbsent(header.sequence(), event);
        if (before != null) {
            repeats++;
            if (!isSame(before, event)) {
                violations.add(header + " is two different events");
            }
        } else if (header.sequence() != events.lastKey()) {
            violations.add(header + " comes after #" + events.lastKey());
        }
    }

    /** By what they say: Avro cannot compare instants that may be absent in a list of records. */
    private static boolean isSame(SpecificRecord one, SpecificRecord other) {
        return one.getClass() == other.getClass() && one.toString().equals(other.toString());
    }

    /** In order of their places, without repeats. */
    List<SpecificRecord> eventsOf(String walletId) {
        return List.copyOf(wallets.getOrDefault(walletId, new TreeMap<>()).values());
    }

    List<SpecificRecord> all() {
        return wallets.values().stream()
                .flatMap(events -> events.values().stream())
                .toList();
    }

    /** Of one kind, of all wallets. */
    <E> List<E> all(Class<E> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> violations() {
        return violations;
    }

    long repeats() {
        return repeats;
    }
}
