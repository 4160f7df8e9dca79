package io.drawdown.usage.gate;

/** The process has stood still, so that what it was about to send on may have been judged elsewhere meanwhile. */
final class StoodStillException extends RuntimeException {

    StoodStillException() {
        super("The process stood still, so its partitions may be elsewhere by now: nothing it had in hand is sent on");
    }
}
