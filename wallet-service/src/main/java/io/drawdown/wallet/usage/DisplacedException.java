package io.drawdown.wallet.usage;

/** Another instance has taken over a partition and moved its position; nothing of the transaction was recorded. */
final class DisplacedException extends RuntimeException {

    DisplacedException(int partition, Position believed) {
        super("Partition " + partition + " no longer stands at " + believed
                + ": another instance handles it; this one reads the stored position again");
    }
}
