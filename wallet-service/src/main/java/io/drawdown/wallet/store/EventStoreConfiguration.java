package io.drawdown.wallet.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Axon's event store on the tables that Flyway makes. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    /** Axon's own is ordered after class names of Boot 3 and would leave events outside of transactions. */
    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new UniqueViolations();
    }

    @Bean
    @Qualifier("eventSerializer")
    WalletEventSerializer eventSerializer(Serializer serializer) {
        return new WalletEventSerializer(serializer);
    }

    @Bean
    EventSchema eventSchema() {
        return EventSchema.builder()
                .eventTable("wallet_event")
                .snapshotTable("wallet_snapshot")
                .globalIndexColumn("global_index")
                .timestampColumn("time_stamp")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .build();
    }

    @Bean
    EventStore eventStore(EventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** Of the machine's clock, whatever the time of the service is said to be. */
    @Bean
    ClockAgreement clockAgreement(DataSource database, MeterRegistry meters) {
        var clocks = new ClockAgreement(Clock.systemUTC(), database);
        Gauge.builder("drawdown.wallet.clock.ahead", clocks, EventStoreConfiguration::secondsAhead)
                .baseUnit("seconds")
                .description("How far this process's clock is ahead of the database's; nothing is recorded beyond 30 s")
                .register(meters);
        return clocks;
    }

    private static double secondsAhead(ClockAgreement clocks) {
        var ahead = clocks.lastAhead();
        return ahead == null ? Double.NaN : ahead.toMillis() / 1_000.0;
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            PersistenceExceptionResolver resolver,
            ConnectionProvider connections,
            TransactionManager transactions,
            ClockAgreement clocks,
            EventSchema schema) {
        var builder = JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .persistenceExceptionResolver(resolver)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(schema);
        return new CopyingEventStorageEngine(builder, connections, transactions, clocks, schema);
    }
}
