package io.drawdown.chaos.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link RunningLedger} of their JVM: its start costs more than any of them. */
public final class OnRunningLedger implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningLedger.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnRunningLedger.class))
                .computeIfAbsent(RunningLedger.class, _ -> start(), RunningLedger.class);
    }

    private static RunningLedger start() {
        try {
            return RunningLedger.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The platform could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the platform was starting", e);
        }
    }
}
