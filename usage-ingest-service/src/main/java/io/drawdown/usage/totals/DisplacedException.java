package io.drawdown.usage.totals;

/** Another instance has counted usage of the same partition; what is read again will be compared with its position. */
final class DisplacedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DisplacedException() {
        super(
                "Another instance has counted the same usage meanwhile: it is read again and compared with what is stored");
    }
}
