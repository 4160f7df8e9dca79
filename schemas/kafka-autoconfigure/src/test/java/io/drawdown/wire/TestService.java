package io.drawdown.wire;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service as small as can be that has all that this module offers. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestService {

    @Bean
    Accounts accounts(JdbcClient jdbc, TransactionTemplate transactions) {
        return new Accounts(jdbc, transactions);
    }

    @Bean
    CrmEvents crmEvents() {
        return new CrmEvents();
    }

    @Bean
    CompactedTopicView<Meter> meters(CompactedTopicViews views) {
        return views.open(Topic.CATALOG_METERS, Meter.class);
    }

    @Bean
    TransactionTemplate transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    /** Takes accounts one by one; chokes on those named so. */
    static final class Accounts {
        final List<ConsumerRecord<String, Account>> handled = new CopyOnWriteArrayList<>();
        final List<String> attempts = new CopyOnWriteArrayList<>();
        final Set<String> down = ConcurrentHashMap.newKeySet();
        final Set<String> readOnly = ConcurrentHashMap.newKeySet();
        final Set<String> fatal = ConcurrentHashMap.newKeySet();
        private final JdbcClient jdbc;
        private final TransactionTemplate transactions;

        Accounts(JdbcClient jdbc, TransactionTemplate transactions) {
            this.jdbc = jdbc;
            this.transactions = transactions;
        }

        @KafkaListener(id = "accounts", idIsGroup = false, topics = Topic.Name.CRM_ACCOUNTS)
        void on(ConsumerRecord<String, Account> accountRecord) {
            attempts.add(accountRecord.key());
            if (down.contains(accountRecord.key())) {
                throw new QueryTimeoutException("the database is down");
            }
            if (readOnly.contains(accountRecord.key())) {
                transactions.executeWithoutResult(_ -> writeWhileReadOnly());
            }
            if (fatal.remove(accountRecord.key())) {
                throw new NoClassDefFoundError("for a test");
            }
            if (accountRecord.value() != null && accountRecord.value().getName().startsWith("poison")) {
                throw new IllegalArgumentException("nobody can handle " + accountRecord.key());
            }
            handled.add(accountRecord);
        }

        /** As on a standby: what the listener would store is refused, and nothing is wrong with the record. */
        private void writeWhileReadOnly() {
            jdbc.sql("set transaction read only").update();
            try {
                jdbc.sql("create table never (id int)").update();
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("as poison would be, and only the cause tells them apart", e);
            }
        }

        List<String> handledKeys() {
            return handled.stream().map(ConsumerRecord::key).toList();
        }
    }

    /** Takes batches of several record types. */
    static final class CrmEvents {
        final List<ConsumerRecord<String, SpecificRecord>> handled = new CopyOnWriteArrayList<>();
        volatile boolean down;
        final AtomicInteger failures = new AtomicInteger();

        final AtomicInteger emptyBatches = new AtomicInteger();

        @KafkaListener(topics = Topic.Name.CRM_EVENTS, batch = "true")
        void on(List<ConsumerRecord<String, SpecificRecord>> batch) {
            if (batch.isEmpty()) {
                emptyBatches.incrementAndGet();
            }
            if (down) {
                failures.incrementAndGet();
                throw new QueryTimeoutException("the database is down");
            }
            handled.addAll(new ArrayList<>(batch));
        }

        List<String> handledKeys() {
            return handled.stream().map(ConsumerRecord::key).toList();
        }
    }
}
