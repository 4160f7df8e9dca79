package io.drawdown.wallet.store;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Axon's event store on the tables that Flyway makes. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    private static final long FETCH_DELAY_MILLIS = 20;
    private static final int CACHED_EVENTS = 5_000;
    private static final long CLEANUP_DELAY_MILLIS = 200;
    private static final int READ_AHEAD = 5_000;

    /** Axon would wait for an unfilled place in the global order this long; ledger transactions end sooner. */
    static final int GAP_TIMEOUT_MILLIS = 120_000;

    /** Axon's own is ordered after class names of Boot 3 and would leave events outside of transactions. */
    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    /** Without it a token of a relay that was told to begin again could be written, but never read. */
    @Bean
    Jackson3SerializerCustomizer tokensMayNestTokens() {
        var axonsTokens = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("org.axonframework.eventhandling.")
                .build();
        return builder -> builder.polymorphicTypeValidator(axonsTokens);
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
    TokenSchema tokenSchema() {
        return TokenSchema.builder()
                .setTokenTable("processor_token")
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("time_stamp")
                .setOwnerColumn("owner")
                .build();
    }

    /**
     * Asks for new events every few milliseconds: another process's events are relayed soon, too.
     *
     * <p>A relay that falls behind keeps all newer events in memory until it is noticed, by default after ten seconds: at
     * full load that is more than the heap. So it is looked at often, and then reads the store by itself.
     */
    @Bean
    EventStore eventStore(EventStorageEngine engine) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(FETCH_DELAY_MILLIS)
                .cachedEvents(CACHED_EVENTS)
                .cleanupDelay(CLEANUP_DELAY_MILLIS)
                .build();
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            PersistenceExceptionResolver resolver,
            ConnectionProvider connections,
            TransactionManager transactions,
            EventSchema schema) {
        var builder = JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .persistenceExceptionResolver(resolver)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(schema)
                .batchSize(READ_AHEAD)
                .gapTimeout(GAP_TIMEOUT_MILLIS)
                // Only time closes a gap: a slow transaction may commit after many thousand later events.
                .maxGapOffset(Integer.MAX_VALUE);
        return new CopyingEventStorageEngine(builder, connections, transactions, schema);
    }
}
