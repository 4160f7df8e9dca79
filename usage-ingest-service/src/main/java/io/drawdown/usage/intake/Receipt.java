package io.drawdown.usage.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's events.
 *
 * @param accepted how many are in usage.events.v1
 * @param rejected those that are not, in the order of the request
 */
record Receipt(int accepted, List<Refusal> rejected) {

    /**
     * One refused event.
     *
     * @param index its place in the request, from zero
     * @param id as it was sent, where it could be read
     * @param source as it was sent, where it could be read
     * @param reason machine-readable, such as {@code unknown-account}
     * @param detail what was found and what would be right
     * @param parked whether it waits here and counts by itself when its account is known: it must not be sent under
     *     another id
     */
    record Refusal(
            int index, @Nullable String id, @Nullable String source, String reason, String detail, boolean parked) {}
}
