package io.drawdown.support.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link UsesPlatform} on a test class, its superclasses and its enclosing classes. */
final class PlatformContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        var wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, UsesPlatform.class);
        return wanted == null
                ? null
                : new PlatformContextCustomizer(wanted.postgres(), wanted.kafka(), wanted.registry());
    }
}
