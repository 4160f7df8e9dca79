package io.drawdown.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.usage.gate.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent in a process of its own. */
class CrashAgentIT {

    private static final int ENDLESS = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void leavesAProcessAloneThatHasNoTrap() throws Exception {
        var process = start(2);

        assertThat(linesOf(process)).containsExactly("recalling 1", "odd", "recalling 2", "even");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void endsAProcessThatRunsAlready() throws Exception {
        var process = start(ENDLESS);
        process.getInputStream().read();

        arm("before recall\n3\nENDS\n");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        assertThat(trap()).doesNotExist();
    }

    @Test
    void endsItBeforeTheStep() throws Exception {
        arm("before recall\n1\nENDS\n");
        var process = start(ENDLESS);

        var lines = linesOf(process);

        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(lines.isEmpty() || lines.getLast().matches("odd|even")).isTrue();
    }

    @Test
    void endsItAfterTheStep() throws Exception {
        arm("after recall\n1\nENDS\n");
        var process = start(ENDLESS);

        var lines = linesOf(process);

        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(lines.getLast()).startsWith("recalling");
    }

    @Test
    void hasItStandStillUntilSomebodyWakesIt() throws Exception {
        arm("before recall\n5\nSTANDS_STILL\n");
        var process = start(20);

        await().until(() -> stateOf(process) == 'T');
        assertThat(trap()).doesNotExist();
        new ProcessBuilder("/bin/sh", "-c", "kill -CONT " + process.pid()).start();

        assertThat(linesOf(process)).hasSize(40).endsWith("recalling 20", "even");
        assertThat(process.waitFor()).isZero();
    }

    /** Such a JVM loads the classes of its cache before it asks an agent; and it might not want the cache with one. */
    @Test
    void endsAProcessThatStartsFromAnAotCache() throws Exception {
        var jar = jarOf(Past.class);
        run("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file("conf"), "-cp", jar, Past.class.getName(), "1");
        run("-XX:AOTMode=create", "-XX:AOTConfiguration=" + file("conf"), "-XX:AOTCache=" + file("aot"), "-cp", jar);
        arm("after recall\n1\nENDS\n");

        var process =
                java("-XX:AOTMode=on", "-XX:AOTCache=" + file("aot"), agent(), "-cp", jar, Past.class.getName(), "1");

        assertThat(linesOf(process)).containsExactly("recalling 1");
        assertThat(process.waitFor()).isEqualTo(137);
    }

    private String jarOf(Class<?> program) throws IOException {
        var name = program.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file("jar")))) {
            jar.putNextEntry(new ZipEntry(name));
            Files.copy(Path.of("target/test-classes", name), jar);
            jar.closeEntry();
        }
        return file("jar").toString();
    }

    private Path file(String suffix) {
        return folder.resolve("past." + suffix);
    }

    private static void run(String... arguments) throws Exception {
        var process = java(arguments);
        assertThat(linesOf(process)).noneMatch(line -> line.contains("[error]"));
        assertThat(process.waitFor()).isZero();
    }

    /** One letter; T is that of a stopped process. */
    private static char stateOf(Process process) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    private Process start(int times) throws IOException {
        return java(agent(), "-cp", "target/test-classes", Past.class.getName(), Integer.toString(times));
    }

    private String agent() {
        return "-javaagent:target/chaos-0.1.0-agent.jar=usage-ingest:" + trap();
    }

    /** With the module that an agent brings with it, as the services have it: a cache is good for the same modules. */
    private static Process java(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules=java.instrument"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> linesOf(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void arm(String setting) throws IOException {
        Files.writeString(trap(), setting);
    }

    private Path trap() {
        return folder.resolve("usage-ingest.trap");
    }
}
