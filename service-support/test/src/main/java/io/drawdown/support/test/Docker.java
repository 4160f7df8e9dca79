package io.drawdown.support.test;

import org.testcontainers.DockerClientFactory;

/** Whether containers can be had on this machine; asked once per JVM. */
final class Docker {

    private static final Lazy<Boolean> AVAILABLE =
            new Lazy<>(() -> DockerClientFactory.instance().isDockerAvailable());

    private Docker() {}

    static boolean isAvailable() {
        return AVAILABLE.get();
    }
}
