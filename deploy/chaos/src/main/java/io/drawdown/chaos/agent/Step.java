package io.drawdown.chaos.agent;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A step of a service before and after which it can be ended, as the method that takes it. */
public enum Step {
    /** The ledger's events go into the event store, in a transaction. */
    APPEND("wallet", "io/drawdown/wallet/store/CopyingEventStorageEngine", "append"),
    /** The position of usage moves, in the same transaction. */
    POSITION("wallet", "io/drawdown/wallet/usage/UsagePositions", "move"),
    /** That transaction is committed. */
    COMMIT("wallet", "org/axonframework/spring/messaging/unitofwork/SpringTransactionManager", "commitTransaction"),
    /** The new state of a wallet is kept in memory. */
    CACHE("wallet", "io/drawdown/wallet/ledger/RecordedWallets", "keep"),
    /** One wallet event of a batch is handed to the producer. */
    RELAY_SEND("wallet", "io/drawdown/wallet/relay/Relay", "send"),
    /** The relay keeps how far it has sent. */
    RELAY_PLACE("wallet", "io/drawdown/wallet/relay/RelayedLog", "sentUpTo"),
    /** A consumer tells the broker how far it has read. */
    ACKNOWLEDGEMENT("wallet", "org/apache/kafka/clients/consumer/KafkaConsumer", "commitSync"),
    /** The ledger has usage count otherwise, wherever it is by now. */
    CORRECTION("wallet", "io/drawdown/wallet/usage/Corrections", "follow"),
    /** Usage that was parked is tried again. */
    PARKED("wallet", "io/drawdown/wallet/usage/ParkedUsageReplay", "draw"),
    /** Recorded states of wallets are kept, so that not all of their events need to be read again. */
    SNAPSHOT("wallet", "io/drawdown/wallet/snapshot/SnapshotTable", "save"),

    /** The gate claims an event's id. */
    CLAIM("usage-ingest", "io/drawdown/usage/gate/ClaimStore", "claim"),
    /** The gate forwards an accepted event. */
    FORWARD("usage-ingest", "io/drawdown/usage/gate/GateProcessor", "send"),
    /** The gate commits how far it has judged, of all partitions of a thread. */
    GATE_COMMIT("usage-ingest", "io/drawdown/usage/gate/PartitionWriters", "commit"),
    /** One partition's transaction, in which its position is by then, is committed. */
    GATE_TRANSACTION("usage-ingest", "org/apache/kafka/clients/producer/KafkaProducer", "commitTransaction"),
    /** The gate, new on a partition, looks up what was sent before. */
    RECALL("usage-ingest", "io/drawdown/usage/gate/Past", "recall"),
    /** An event that came over HTTP is handed to the producer. */
    INTAKE_APPEND("usage-ingest", "io/drawdown/usage/wire/UsageLog", "append"),
    /** A request's events are stored and its answer is sent. */
    ANSWER("usage-ingest", "io/drawdown/usage/intake/Intake", "take"),
    /** The gate judges a correction. */
    AMENDMENT("usage-ingest", "io/drawdown/usage/gate/CorrectionMatter", "outcome"),
    /** Accepted usage is added to its totals, in one transaction with its position. */
    TOTAL("usage-ingest", "io/drawdown/usage/totals/UnstoredTotals", "put"),
    /** Totals that have changed are sent, one by one; that they were is committed when all are acknowledged. */
    TOTAL_SEND("usage-ingest", "io/drawdown/usage/totals/TotalsPublisher", "send"),
    /** Refusals are kept, where they can be asked for. */
    REFUSAL("usage-ingest", "io/drawdown/usage/rejected/RejectedUsageListener", "on"),
    /** The consumer of refusals tells the broker how far it has read; the gate's own does so in {@link #GATE_COMMIT}. */
    REFUSAL_ACKNOWLEDGEMENT("usage-ingest", "org/apache/kafka/clients/consumer/KafkaConsumer", "commitSync"),
    /** The consumer of totals does so, without waiting for an answer: what it reads is counted by its position. */
    TOTAL_ACKNOWLEDGEMENT("usage-ingest", "org/apache/kafka/clients/consumer/KafkaConsumer", "commitAsync");

    private final String service;
    private final String className;
    private final String method;

    Step(String service, String className, String method) {
        this.service = service;
        this.className = className;
        this.method = method;
    }

    /** The steps of a service, by the name under which it runs. */
    public static List<Step> of(String service) {
        return Stream.of(values()).filter(step -> step.service.equals(service)).toList();
    }

    /** The service that takes it. */
    public String service() {
        return service;
    }

    /** The class with slashes, as a class file has it. */
    public String className() {
        return className;
    }

    /** The method's name; all methods of that name are meant. */
    public String method() {
        return method;
    }

    /** Its name, such as {@code relay-send}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
