package io.drawdown.chaos.load;

import io.drawdown.demo.client.JsonApi;
import io.drawdown.demo.client.Refused;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Sends a request until it is answered, each time to any of the instances, as a careful client does.
 *
 * @param instances all of one service
 * @param sent where it counts its tries
 */
record Insistence(List<JsonApi> instances, Sent sent) {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final long PAUSE_NANOS = 200_000_000;
    private static final List<String> SEND_IT_AGAIN = List.of("request-in-progress", "wallet-busy");

    /**
     * The answer.
     *
     * @throws IllegalStateException when there is none within minutes
     */
    Answer to(Function<JsonApi, JsonNode> request) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Answer.Done(request.apply(anyInstance()));
            } catch (Refused refused) {
                if (isFinal(refused)) {
                    return new Answer.Refusal(refused.status(), String.valueOf(refused.getMessage()));
                }
                giveUpAfter(deadline, refused);
            } catch (UncheckedIOException noAnswer) {
                giveUpAfter(deadline, noAnswer);
            }
            sent.retried();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private JsonApi anyInstance() {
        return instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
    }

    private static boolean isFinal(Refused refused) {
        var words = String.valueOf(refused.getMessage());
        return refused.status() < 500 && SEND_IT_AGAIN.stream().noneMatch(words::contains);
    }

    private static void giveUpAfter(long deadline, RuntimeException failure) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("Not answered for " + PATIENCE.toMinutes() + " minutes", failure);
        }
    }
}
