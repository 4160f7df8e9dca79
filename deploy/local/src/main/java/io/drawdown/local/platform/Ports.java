package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;

/**
 * The ports of the platform, all counted from one base.
 *
 * @param base the base; the platform uses ports up to {@value #SPAN} above it
 */
public record Ports(int base) {

    public static final int DEFAULT_BASE = 7_100;

    private static final int LOWEST = 1_024;
    private static final int SPAN = 105;
    private static final int MANAGEMENT = 100;
    private static final int STRIPE = 10;
    private static final int STRIPE_PAGE = 11;
    private static final int POSTGRES = 32;
    private static final int REGISTRY = 81;
    private static final int KAFKA = 92;

    public Ports {
        if (base < LOWEST || base + SPAN > 65_535) {
            throw new PlatformException(
                    "--port-base " + base + " leaves no room for the platform's ports. Choose one from " + LOWEST
                            + " to " + (65_535 - SPAN) + ".");
        }
    }

    /** Where a service serves its interface; {@code number} counts the services from 1. */
    public int service(int number) {
        return base + number;
    }

    /** Where a service serves its health and metrics. */
    public int management(int number) {
        return service(number) + MANAGEMENT;
    }

    public int stripe() {
        return base + STRIPE;
    }

    /** Where the Stripe sandbox shows a person what it holds. */
    public int stripePage() {
        return base + STRIPE_PAGE;
    }

    public int postgres() {
        return base + POSTGRES;
    }

    public int registry() {
        return base + REGISTRY;
    }

    public int registryManagement() {
        return registry() + 1;
    }

    public int kafka() {
        return base + KAFKA;
    }

    /** Where the broker's controller part listens; nobody but the broker itself connects. */
    public int kafkaController() {
        return kafka() + 1;
    }
}
