package io.drawdown.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How the demonstration tells what it sees: to a person or to a program. */
interface StepLog {

    void begin(String step);

    void passed(String step, Duration took, String seen);

    void failed(String step, Duration took, String why);

    void end(int passed, int failed);

    /** Sentences for a person. */
    static StepLog text(PrintStream out) {
        return new StepLog() {
            @Override
            public void begin(String step) {
                out.printf("  …   %s%n", step);
            }

            @Override
            public void passed(String step, Duration took, String seen) {
                out.printf("  ok  %s (%d ms)%n      %s%n", step, took.toMillis(), seen);
            }

            @Override
            public void failed(String step, Duration took, String why) {
                out.printf("FAIL  %s (%d ms)%n      %s%n", step, took.toMillis(), why);
            }

            @Override
            public void end(int passed, int failed) {
                out.printf("%d passed, %d failed%n", passed, failed);
            }
        };
    }

    /** One JSON object a line: a step each, then the count. */
    static StepLog json(PrintStream out) {
        var mapper = JsonMapper.builder().build();
        return new StepLog() {
            @Override
            public void begin(String step) {
                // A program reads results; that a step has begun is for people.
            }

            @Override
            public void passed(String step, Duration took, String seen) {
                print(step, true, took, Map.of("seen", seen));
            }

            @Override
            public void failed(String step, Duration took, String why) {
                print(step, false, took, Map.of("error", why));
            }

            @Override
            public void end(int passed, int failed) {
                var line = new LinkedHashMap<String, Object>();
                line.put("passed", passed);
                line.put("failed", failed);
                out.println(mapper.writeValueAsString(line));
            }

            private void print(String step, boolean ok, Duration took, Map<String, String> rest) {
                var line = new LinkedHashMap<String, Object>();
                line.put("step", step);
                line.put("ok", ok);
                line.put("millis", took.toMillis());
                line.putAll(rest);
                out.println(mapper.writeValueAsString(line));
            }
        };
    }
}
