package io.drawdown.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * Starts a program of this benchmark with its class path.
     *
     * @param folder where it keeps its log and what else it writes
     */
    public static PrintingProcess ofProgram(
            String name, Class<?> program, Map<String, String> environment, Path folder) {
        return start(name, command(program, folder), environment, folder.resolve(name + ".log"));
    }

    private static List<String> command(Class<?> program, Path folder) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-Djava.io.tmpdir=" + folder));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Daxon.update-check.disabled=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return command;
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
