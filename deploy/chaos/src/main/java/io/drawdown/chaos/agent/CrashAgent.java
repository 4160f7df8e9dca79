package io.drawdown.chaos.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the JVM calls before the service begins. */
public final class CrashAgent {

    private CrashAgent() {}

    /**
     * Prepares the crash points of a service.
     *
     * @param settings the service's name, a colon, and the file that arms its trap
     */
    public static void premain(String settings, Instrumentation jvm) throws UnmodifiableClassException {
        var service = settings.substring(0, settings.indexOf(':'));
        Trap.watch(Path.of(settings.substring(service.length() + 1)));
        var steps = Step.of(service).stream().collect(Collectors.groupingBy(Step::className));
        jvm.addTransformer(new Transformer(steps), true);
        prepareLoaded(steps, jvm);
    }

    /** A JVM that starts from an AOT cache has loaded the service's classes before it asks us. */
    private static void prepareLoaded(Map<String, List<Step>> steps, Instrumentation jvm)
            throws UnmodifiableClassException {
        for (var loaded : jvm.getAllLoadedClasses()) {
            if (steps.containsKey(loaded.getName().replace('.', '/'))) {
                jvm.retransformClasses(loaded);
            }
        }
    }

    private record Transformer(Map<String, List<Step>> stepsByClass) implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String className,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            var steps = stepsByClass.get(className);
            return steps == null || loader == null ? null : prepared(classFile, steps, loader);
        }

        /** The JVM would swallow a failure and run the class as it is: a trap that never snaps. */
        private static byte[] prepared(byte[] classFile, List<Step> steps, ClassLoader loader) {
            try {
                return CrashPoints.in(classFile, steps, loader);
            } catch (RuntimeException | Error e) {
                e.printStackTrace(System.err);
                Runtime.getRuntime().halt(1);
                throw e;
            }
        }
    }
}
