package io.drawdown.local.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything the supervisor needs to know about one process; the platform is a list of these.
 *
 * @param name unique; names its log and its run file
 * @param after names of the processes that must be ready before this one starts
 * @param command the program and its arguments
 * @param environment variables added to a bare environment; secrets belong here rather than in {@code command}
 * @param ports what it listens on; the first is the one shown
 * @param readiness answers whether it can serve
 * @param beforeStart run before each start
 * @param onceReady run when it is ready, before anything that comes after it starts
 * @param stopSignal what asks it to stop
 * @param startLimit how long a start may take before it counts as failed
 * @param stopLimit how long it may take to stop before it is killed
 */
public record ProcessSpec(
        String name,
        List<String> after,
        List<String> command,
        Map<String, String> environment,
        List<Port> ports,
        Readiness readiness,
        Step beforeStart,
        Step onceReady,
        StopSignal stopSignal,
        Duration startLimit,
        Duration stopLimit) {

    public ProcessSpec {
        after = List.copyOf(after);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
    }

    /** The port shown for this process; 0 when it listens on none. */
    public int port() {
        return ports.isEmpty() ? 0 : ports.getFirst().number();
    }

    /** A process that needs nothing else and counts as ready once it runs. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the parts of a {@link ProcessSpec}; what is not said keeps a sensible default. */
    public static final class Builder {
        private final String name;
        private List<String> after = List.of();
        private List<String> command = List.of();
        private Map<String, String> environment = Map.of();
        private List<Port> ports = List.of();
        private Readiness readiness = () -> true;
        private Step beforeStart = Step.NONE;
        private Step onceReady = Step.NONE;
        private StopSignal stopSignal = StopSignal.TERM;
        private Duration startLimit = Duration.ofSeconds(120);
        private Duration stopLimit = Duration.ofSeconds(20);

        private Builder(String name) {
            this.name = name;
        }

        public Builder after(String... names) {
            after = List.of(names);
            return this;
        }

        public Builder command(List<String> programAndArguments) {
            command = programAndArguments;
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        public Builder ports(Port... numbers) {
            ports = List.of(numbers);
            return this;
        }

        public Builder readyWhen(Readiness check) {
            readiness = check;
            return this;
        }

        public Builder beforeStart(Step step) {
            beforeStart = step;
            return this;
        }

        public Builder onceReady(Step step) {
            onceReady = step;
            return this;
        }

        public Builder stopsBy(StopSignal signal) {
            stopSignal = signal;
            return this;
        }

        public Builder startsWithin(Duration limit) {
            startLimit = limit;
            return this;
        }

        public Builder stopsWithin(Duration limit) {
            stopLimit = limit;
            return this;
        }

        public ProcessSpec build() {
            return new ProcessSpec(
                    name,
                    after,
                    command,
                    environment,
                    ports,
                    readiness,
                    beforeStart,
                    onceReady,
                    stopSignal,
                    startLimit,
                    stopLimit);
        }
    }
}
