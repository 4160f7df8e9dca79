package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test in which a sandbox said something that Stripe would not, and tells at the end how much was looked at. */
public final class InspectionExtension implements BeforeAllCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace SUMMARY =
            ExtensionContext.Namespace.create(InspectionExtension.class);

    private record Summary() implements AutoCloseable {

        @Override
        public void close() {
            System.out.println(Inspector.summary());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(SUMMARY).computeIfAbsent(Summary.class, _ -> new Summary());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(Inspector.takeFaults()).isEmpty();
    }
}
