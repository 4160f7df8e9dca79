package io.drawdown.usage.gate;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** How a producer says that another one has taken its id or its partition over: by itself, or as the cause of what fails later. */
final class Fencing {

    private Fencing() {}

    static boolean isCauseOf(Throwable failure) {
        return isFencing(failure) || failure.getCause() != null && isFencing(failure.getCause());
    }

    private static boolean isFencing(Throwable failure) {
        return failure instanceof CommitFailedException
                || failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof InvalidPidMappingException;
    }

    /** As a consumer says that it was displaced: Kafka Streams then gives up its tasks and joins again. */
    static CommitFailedException commitFailed(Throwable fenced) {
        var failed = new CommitFailedException("Another gate has taken the partition over: " + fenced.getMessage());
        failed.initCause(fenced);
        return failed;
    }
}
