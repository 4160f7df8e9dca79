package io.drawdown.usage.intake;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows what each API key is bound to, by the key's name. */
final class Senders {

    private final Map<String, Sender> byKey;

    Senders(List<IntakeProperties.Binding> bindings) {
        byKey = bindings.stream()
                .collect(Collectors.toUnmodifiableMap(
                        IntakeProperties.Binding::key, Senders::sender, (first, second) -> {
                            throw new IllegalArgumentException(
                                    "drawdown.usage.intake.bindings names a key twice: put both bindings into one");
                        }));
    }

    /** A key without a binding may send whatever its role allows. */
    Sender of(@Nullable Principal caller) {
        return caller == null ? Sender.UNBOUND : byKey.getOrDefault(caller.getName(), Sender.UNBOUND);
    }

    private static Sender sender(IntakeProperties.Binding binding) {
        return new Sender(binding.sources(), binding.accounts(), binding.types());
    }
}
