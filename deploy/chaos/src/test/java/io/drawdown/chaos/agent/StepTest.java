package io.drawdown.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.jar.JarInputStream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step that has moved to another method would be a trap that never snaps. */
class StepTest {

    @ParameterizedTest
    @EnumSource(Step.class)
    void isAMethodOfItsService(Step step) throws IOException {
        var jar = Path.of("../..", step.service() + "-service", "target", step.service() + "-service-0.1.0.jar");
        assertThat(jar).as("built before this module").exists();

        var classFile = classIn(jar, step.className() + ".class");

        assertThat(classFile).as("class %s", step.className()).isNotNull();
        assertThat(ClassFile.of().parse(classFile).methods())
                .as("methods of %s", step.className())
                .anyMatch(method -> method.methodName().equalsString(step.method())
                        && method.code().isPresent());
    }

    private static byte @Nullable [] classIn(Path jar, String entry) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var own = zip.getEntry("BOOT-INF/classes/" + entry);
            if (own != null) {
                return zip.getInputStream(own).readAllBytes();
            }
            for (var library : zip.stream()
                    .filter(each -> each.getName().matches("BOOT-INF/lib/(axon-spring|kafka-).*\\.jar"))
                    .toList()) {
                var found = classIn(zip.getInputStream(library), entry);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }

    private static byte @Nullable [] classIn(InputStream library, String entry) throws IOException {
        try (var jar = new JarInputStream(library)) {
            for (var each = jar.getNextJarEntry(); each != null; each = jar.getNextJarEntry()) {
                if (each.getName().equals(entry)) {
                    return jar.readAllBytes();
                }
            }
            return null;
        }
    }
}
