package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.ProcessSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartOrderTest {

    private static final List<ProcessSpec> CHAIN =
            List.of(process("a"), process("b", "a"), process("c", "b", "a"), process("d"));

    @Test
    void ranksAProcessOneAboveTheHighestItWaitsFor() {
        var order = new StartOrder(CHAIN);

        assertThat(List.of(order.rank("a"), order.rank("b"), order.rank("c"), order.rank("d")))
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void choosesWhatTheNamedProcessesWaitFor() {
        assertThat(new StartOrder(CHAIN).closure(List.of("b")))
                .extracting(ProcessSpec::name)
                .containsExactly("a", "b");
    }

    @Test
    void namesTheKnownProcessesWhenAskedForAnUnknownOne() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new StartOrder(CHAIN).closure(List.of("walet")))
                .withMessage("There is no process walet. There are: a, b, c, d.");
    }

    @Test
    void refusesProcessesThatWaitForEachOther() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new StartOrder(List.of(process("a", "b"), process("b", "a"))));
    }

    private static ProcessSpec process(String name, String... after) {
        return ProcessSpec.named(name).after(after).build();
    }
}
