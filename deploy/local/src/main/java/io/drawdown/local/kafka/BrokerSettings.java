package io.drawdown.local.kafka;

import java.nio.file.Path;

/** The broker's settings, written anew at each start. */
final class BrokerSettings {

    /** Warnings and what the broker says of its own state, to standard output, which is the log file. */
    static final String LOGGING = """
            rootLogger.level = warn
            rootLogger.appenderRef.out.ref = out
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{ISO8601} %-5p %c{1} %m%n
            logger.server.name = kafka.server.KafkaRaftServer
            logger.server.level = info
            """;

    private BrokerSettings() {}

    /**
     * The text of {@code server.properties}.
     *
     * <p>One node, so everything internal has one replica. The session is short, so that a broker that was killed is
     * let in again in seconds. Topics come from the catalogue only.
     */
    static String text(int port, int controllerPort, Path log) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=8
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=8
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=2
                group.initial.rebalance.delay.ms=0
                offsets.retention.minutes=57600
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                num.network.threads=2
                num.io.threads=4
                log.cleaner.dedupe.buffer.size=33554432
                """.formatted(port, controllerPort, log);
    }
}
