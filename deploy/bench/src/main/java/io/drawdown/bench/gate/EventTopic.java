package io.drawdown.bench.gate;

import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Usage as product backends report it: each account as likely as any other. */
public final class EventTopic {

    private static final long SEED = 20_261_126;

    private final List<String> accounts;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** @param accounts the accounts that the usage belongs to */
    public EventTopic(List<String> accounts) {
        this.accounts = accounts;
    }

    /** The next record; its number is the usage's id. */
    public ProducerRecord<String, UsageEvent> next(long number) {
        var account = accounts.get(random.nextInt(accounts.size()));
        var event = UsageEvent.newBuilder()
                .setId(Long.toString(number))
                .setSource("/bench")
                .setType(Catalogue.EVENT)
                .setSubject(account)
                .setTime(Instant.now())
                .setData(Map.of("value", "1"))
                .build();
        return new ProducerRecord<>(Topic.USAGE_EVENTS.topicName(), account, event);
    }

    /** The same as a CloudEvent. */
    public static String cloudEvent(String id, String account) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/bench\",\"type\":\"" + Catalogue.EVENT
                + "\",\"subject\":\"" + account + "\",\"data\":{\"value\":1}}";
    }
}
