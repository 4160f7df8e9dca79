package io.drawdown.support.test;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The servers of this JVM. Each starts when it is first asked for and is stopped with the JVM.
 *
 * <p>For tests without Spring; with Spring, {@link UsesPlatform} is shorter. Safe for use by several threads.
 */
public final class Platform {

    private static final Lazy<PostgresServer> POSTGRES = new Lazy<>(PostgresServer::start);
    private static final Lazy<KafkaServer> KAFKA = new Lazy<>(KafkaServer::start);
    private static final Lazy<RegistryServer> REGISTRY = new Lazy<>(RegistryServer::start);

    private Platform() {}

    /** PostgreSQL; ask it for a database of your own. */
    public static PostgresServer postgres() {
        return POSTGRES.get();
    }

    /** A Kafka broker that has every topic of the catalogue. */
    public static KafkaServer kafka() {
        return KAFKA.get();
    }

    /** A schema registry with Confluent's API and full transitive compatibility. */
    public static RegistryServer registry() {
        return REGISTRY.get();
    }

    /** Starts the wanted servers side by side and returns when all of them answer. */
    static void start(boolean postgres, boolean kafka, boolean registry) {
        var starting = Stream.<CompletableFuture<?>>builder();
        if (registry) {
            starting.add(CompletableFuture.supplyAsync(REGISTRY::get, Platform::newThread));
        }
        if (kafka) {
            starting.add(CompletableFuture.supplyAsync(KAFKA::get, Platform::newThread));
        }
        if (postgres) {
            starting.add(CompletableFuture.supplyAsync(POSTGRES::get, Platform::newThread));
        }
        CompletableFuture.allOf(starting.build().toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static void newThread(Runnable start) {
        Thread.ofPlatform().name("platform-start").daemon().start(start);
    }
}
