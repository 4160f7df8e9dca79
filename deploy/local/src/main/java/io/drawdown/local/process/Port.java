package io.drawdown.local.process;

/**
 * A TCP port that a process listens on, at the loopback address.
 *
 * @param number 1 to 65535
 * @param purpose what it is for, as shown when it is taken, such as {@code HTTP}
 */
public record Port(int number, String purpose) {

    public Port {
        if (number < 1 || number > 65_535) {
            throw new PlatformException(
                    "There is no port " + number + ". Choose a --port-base between 1024 and 65000.");
        }
    }
}
