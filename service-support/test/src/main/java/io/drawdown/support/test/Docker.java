package io.drawdown.support.test;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be had on this machine; asked once per JVM. */
final class Docker {

    private static final Lazy<Boolean> AVAILABLE = new Lazy<>(Docker::ask);

    private Docker() {}

    static boolean isAvailable() {
        return AVAILABLE.get();
    }

    /** A machine without Docker is in order; the library would report it as an error, with a stack. */
    private static boolean ask() {
        LoggingSystem.get(Docker.class.getClassLoader()).setLogLevel("org.testcontainers.dockerclient", LogLevel.OFF);
        return DockerClientFactory.instance().isDockerAvailable();
    }
}
