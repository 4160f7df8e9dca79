package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Delays;
import io.drawdown.bench.measure.Quantiles;
import io.drawdown.local.platform.Environment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long it takes to read wallets, of which some have long histories. */
final class WalletReads {

    private static final int ROUNDS = 1_000;
    private static final BigDecimal NANOS_IN_A_MILLISECOND = BigDecimal.valueOf(1_000_000);

    private final ServiceCalls calls;

    WalletReads(Environment environment) {
        this.calls = new ServiceCalls(environment);
    }

    /** Reads them, so that the service's code has run. */
    WalletReads having(List<String> accounts) {
        accounts.forEach(calls::wallet);
        return this;
    }

    /** The time that the first reading of a wallet takes, in milliseconds. */
    BigDecimal first(String account) {
        return BigDecimal.valueOf(nanos(() -> calls.wallet(account)))
                .divide(NANOS_IN_A_MILLISECOND, new MathContext(3));
    }

    /**
     * The times that it takes to load wallets of several kinds from the database, whatever is in memory: their balances as of now.
     * Each kind has its turn after each other one, so that what the machine does meanwhile meets all alike; the first half does not count.
     */
    Map<String, Quantiles> loads(Map<String, List<String>> kinds) {
        var loads = kinds.entrySet().stream()
                .map(kind -> new Load(kind.getKey(), kind.getValue(), new Delays(ROUNDS)))
                .toList();
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            for (var load : loads) {
                var account = load.account(round);
                load.delays.happened(round, nanos(() -> calls.balance(account, Instant.now())));
            }
        }
        var quantiles = new LinkedHashMap<String, Quantiles>();
        loads.forEach(load -> quantiles.put(load.kind, load.delays.quantiles()));
        return quantiles;
    }

    private record Load(String kind, List<String> accounts, Delays delays) {

        private String account(int round) {
            return accounts.get(Math.floorMod(round, accounts.size()));
        }
    }

    private static long nanos(Runnable call) {
        var begun = System.nanoTime();
        call.run();
        return System.nanoTime() - begun;
    }
}
