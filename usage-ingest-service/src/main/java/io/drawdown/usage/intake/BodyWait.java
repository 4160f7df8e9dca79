package io.drawdown.usage.intake;

import java.time.Duration;

/**
 * How long a caller may keep us waiting for its body. Only while its reader waits does time count: who is held back because
 * others are stored first is not slow.
 *
 * @param pauseMax until something comes that can be read
 * @param inAllMax of all pauses of the body together
 */
record BodyWait(Duration pauseMax, Duration inAllMax) {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    /** Of a body without an end, which may last as long as it goes on. */
    static BodyWait endless(Duration pauseMax) {
        return new BodyWait(pauseMax, FOR_EVER);
    }
}
