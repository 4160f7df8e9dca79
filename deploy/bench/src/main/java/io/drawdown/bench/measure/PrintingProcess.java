package io.drawdown.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A contender that is a process of its own and prints its count of durable events, a number a line. */
public final class PrintingProcess implements Contender {

    private final String name;
    private final ChildProcess process;
    private final AtomicLong durable = new AtomicLong();

    private PrintingProcess(String name, ChildProcess process) {
        this.name = name;
        this.process = process;
    }

    public static PrintingProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        var contender = new PrintingProcess(name, ChildProcess.start(name, command, environment, log, true));
        Thread.ofVirtual().start(contender::readCounts);
        return contender;
    }

    private void readCounts() {
        var output = process.process().getInputStream();
        try (var lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.chars().allMatch(Character::isDigit)) {
                    durable.set(Long.parseLong(line));
                }
            }
        } catch (IOException e) {
            // The output ends with the process; check() tells whether it should have.
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long durableEvents() {
        process.check();
        return durable.get();
    }

    @Override
    public long residentMegabytes() {
        return process.residentMegabytes();
    }

    @Override
    public void close() {
        process.close();
    }
}
