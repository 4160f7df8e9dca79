package io.drawdown.wire.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Money;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, because the JVM of the tests is told by a flag whom to trust. */
class TrustedRecordsIT {

    @Test
    void needsNoFlagToReadOurOwnRecords() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Program.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output).contains("45.00");
    }

    static final class Program {
        public static void main(String[] arguments) throws Exception {
            new AvroSerializer<Money>().close();
            System.out.println(Money.fromByteBuffer(new Money("45.00", "USD").toByteBuffer()));
        }
    }
}
