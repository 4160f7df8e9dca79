package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.security.Allowed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderTest {

    final Sender sender = new Sender(allowed("/gateway/*", "/batch"), allowed("acc-1"), allowed("calls"));

    @Test
    void maySendWhatItsKeyIsBoundTo() {
        assertThat(sender.mayReport("/gateway/eu", "calls")).isTrue();
        assertThat(sender.mayReport("/batch", "calls")).isTrue();
        assertThat(sender.mayCharge("acc-1")).isTrue();
    }

    @Test
    void maySendNothingElse() {
        assertThat(sender.mayReport("/batch/night", "calls")).isFalse();
        assertThat(sender.mayReport("/batch", "logins")).isFalse();
        assertThat(sender.mayCharge("acc-10")).isFalse();
    }

    @Test
    void maySendAnythingWithoutABinding() {
        var unknown = new Senders(List.of()).of(() -> "backend");

        assertThat(unknown.mayReport("/anything", "any")).isTrue();
        assertThat(unknown.mayCharge("anybody")).isTrue();
    }

    /** Where it would bind nothing. */
    @Test
    void refusesABindingToAccounts() {
        assertThatThrownBy(() -> new IntakeProperties.Binding("backend", List.of(), List.of("acc-1"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drawdown.security.api-keys[n].accounts");
    }

    @Test
    void refusesTwoBindingsOfOneKey() {
        var binding = new IntakeProperties.Binding("backend", List.of(), List.of(), List.of());

        assertThatThrownBy(() -> new Senders(List.of(binding, binding)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names a key twice");
    }

    private static Allowed allowed(String... patterns) {
        return new Allowed(List.of(patterns));
    }
}
