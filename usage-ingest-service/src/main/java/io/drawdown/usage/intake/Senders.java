package io.drawdown.usage.intake;

import io.drawdown.support.security.Allowed;
import io.drawdown.support.security.ApiKeyAuthentication;
import io.drawdown.usage.intake.IntakeProperties.Binding;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows what each API key is bound to: to accounts by the key itself, to sources and meters by the key's name. */
final class Senders {

    private final Map<String, Binding> byKey;

    Senders(List<Binding> bindings) {
        byKey = bindings.stream()
                .collect(Collectors.toUnmodifiableMap(Binding::key, Function.identity(), (first, second) -> {
                    throw new IllegalArgumentException(
                            "drawdown.usage.intake.bindings names a key twice: put both bindings into one");
                }));
    }

    /** A key without a binding may send whatever its role allows. */
    Sender of(@Nullable Principal caller) {
        var binding = caller == null ? null : byKey.get(caller.getName());
        var accounts = ApiKeyAuthentication.accounts(caller);
        return binding == null
                ? new Sender(Allowed.ANY, accounts, Allowed.ANY)
                : new Sender(new Allowed(binding.sources()), accounts, new Allowed(binding.types()));
    }
}
