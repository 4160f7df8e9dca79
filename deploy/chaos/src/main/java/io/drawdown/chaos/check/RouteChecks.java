package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.UsageDrawnDown;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Whether a further wallet pays for usage only while the main wallet says that it does. */
final class RouteChecks {

    private RouteChecks() {}

    static Check of(WalletTopic topic, Accounts accounts) {
        var violations = new ArrayList<String>();
        var further = accounts.ids().stream().filter(accounts::hasFurther).toList();
        further.forEach(account -> check(
                topic.eventsOf(Accounts.furtherOf(account)),
                gains(topic.eventsOf(Accounts.walletOf(account)), Accounts.furtherOf(account)),
                violations));
        return new Check(
                "A further wallet pays only between a route to it and the next one", further.size(), violations);
    }

    /** How often the main wallet lets it pay. */
    private static long gains(List<SpecificRecord> main, String further) {
        return main.stream()
                .filter(event -> event instanceof MeterRouted routed
                        && routed.getPayingWalletId().equals(further))
                .count();
    }

    /** It marks the end of each time in which it pays; behind the last mark there may be usage only if there is one time more. */
    private static void check(List<SpecificRecord> events, long gains, List<String> violations) {
        var losses = 0L;
        for (var event : events) {
            if (event instanceof MeterRouted) {
                losses++;
            } else if (event instanceof UsageDrawnDown && losses >= gains) {
                violations.add(Header.of(event) + " draws usage down after the wallet has lost its meter for good");
            }
        }
        if (losses > gains) {
            violations.add("lost its meter " + losses + " times and got it " + gains + " times");
        }
    }
}
