package io.drawdown.bench.ledger;

import io.drawdown.bench.ledger.rival.AxonCommand;
import io.drawdown.bench.ledger.rival.NaiveListener;
import io.drawdown.bench.ledger.rival.RawLimit;
import io.drawdown.bench.ledger.rival.StreamsBalance;
import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.measure.PrintingProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rivals by the name of their figure, each started as a process of its own with this benchmark's classes. */
final class Rivals {

    static final String NAIVE = "naive";
    static final String AXON_COMMAND = "axon_command";
    static final String RAW_LIMIT = "raw_limit";
    static final String KAFKA_STREAMS = "kafka_streams";

    private static final Map<String, Class<?>> PROGRAMS = programs();

    private Rivals() {}

    private static Map<String, Class<?>> programs() {
        var programs = new LinkedHashMap<String, Class<?>>();
        programs.put(NAIVE, NaiveListener.class);
        programs.put(AXON_COMMAND, AxonCommand.class);
        programs.put(RAW_LIMIT, RawLimit.class);
        programs.put(KAFKA_STREAMS, StreamsBalance.class);
        return programs;
    }

    static List<String> names() {
        return List.copyOf(PROGRAMS.keySet());
    }

    /**
     * Starts a rival.
     *
     * @param environment where Kafka, the registry and the rival's database are
     * @param folder where it keeps its log and its state
     */
    static Contender start(String name, Map<String, String> environment, Path folder) {
        var program = PROGRAMS.get(name);
        if (program == null) {
            throw new IllegalArgumentException("There is no rival " + name + "; there are " + PROGRAMS.keySet());
        }
        return PrintingProcess.ofProgram(name, program, environment, folder);
    }
}
