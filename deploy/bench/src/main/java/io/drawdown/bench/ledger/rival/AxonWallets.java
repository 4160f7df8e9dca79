package io.drawdown.bench.ledger.rival;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.drawdown.bench.rival.RivalSettings;
import java.math.BigDecimal;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A wallet that is nothing but a balance, on Axon's own JDBC event store with its defaults. */
final class AxonWallets {

    private final CommandGateway commands;

    private AxonWallets(CommandGateway commands) {
        this.commands = commands;
    }

    static AxonWallets start(RivalSettings settings) throws SQLException {
        engine(committing(settings)).createSchema(PostgresEventTableFactory.INSTANCE);
        var engine = engine(pool(settings));
        var configuration = DefaultConfigurer.defaultConfiguration()
                .configureTransactionManager(_ -> NoTransactionManager.instance())
                .configureSerializer(_ -> JacksonSerializer.defaultSerializer())
                .configureEmbeddedEventStore(_ -> engine)
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Balance.class).configureCache(_ -> new StrongCache()))
                .buildConfiguration();
        configuration.start();
        return new AxonWallets(configuration.commandGateway());
    }

    void drawDown(String account, String usageId, BigDecimal amount) {
        commands.sendAndWait(new DrawDown(account, usageId, amount));
    }

    private static DataSource pool(RivalSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /** Commits each statement, as the creation of tables wants it. */
    private static DataSource committing(RivalSettings settings) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.jdbcUrl());
        return dataSource;
    }

    private static JdbcEventStorageEngine engine(DataSource dataSource) {
        return JdbcEventStorageEngine.builder()
                .schema(new EventSchema())
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(dataSource)))
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(JacksonSerializer.defaultSerializer())
                .snapshotSerializer(JacksonSerializer.defaultSerializer())
                .build();
    }

    record DrawDown(@TargetAggregateIdentifier String account, String usageId, BigDecimal amount) {}

    record DrawnDown(String account, String usageId, BigDecimal amount, BigDecimal balanceAfter) {}

    /** The aggregate: what has been drawn down so far. */
    static class Balance {

        @AggregateIdentifier
        @SuppressWarnings("UnusedVariable") // Axon reads it.
        private @Nullable String account;

        private BigDecimal balance = BigDecimal.ZERO;

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        public void handle(DrawDown command) {
            AggregateLifecycle.apply(new DrawnDown(
                    command.account(), command.usageId(), command.amount(), balance.subtract(command.amount())));
        }

        @EventSourcingHandler
        public void on(DrawnDown event) {
            account = event.account();
            balance = event.balanceAfter();
        }
    }
}
