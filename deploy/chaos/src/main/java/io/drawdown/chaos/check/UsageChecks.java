package io.drawdown.chaos.check;

import io.drawdown.chaos.check.LedgerUsage.Entry;
import io.drawdown.chaos.check.LedgerUsage.Step;
import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether each event of usage that was acknowledged counts, once, for what it is worth. */
final class UsageChecks {

    private final LedgerUsage ledger;
    private final Catalogue catalogue;
    private final Accounts accounts;
    private final Sent sent;
    private final Map<String, Correcting> corrected;

    UsageChecks(LedgerUsage ledger, Catalogue catalogue, Accounts accounts, Sent sent) {
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.sent = sent;
        this.corrected = Correcting.of(sent.corrections());
    }

    List<Check> all(AcceptedUsage accepted) {
        return Stream.concat(Stream.of(acceptedOnce(accepted), accepted.repeats()), ofTheLedger().stream())
                .toList();
    }

    List<Check> ofTheLedger() {
        return List.of(countedOnce(), nothingElse(), worthWhatItCosts(), correctedOnce(), sums());
    }

    private Check acceptedOnce(AcceptedUsage accepted) {
        var positions = accepted.usage();
        var violations = new ArrayList<String>();
        sent.usage().keySet().stream()
                .filter(id -> !positions.containsKey(id))
                .forEach(id -> violations.add(id + " was acknowledged and is not accepted"));
        positions.forEach((id, places) -> {
            if (sent.worthless().containsKey(id)) {
                violations.add(id + " is accepted and has to be refused");
            }
            if (places.size() > 1) {
                violations.add(id + " was accepted from the positions " + places);
            }
        });
        return new Check(
                "Acknowledged usage is accepted from one position, what must be refused from none",
                positions.size(),
                violations);
    }

    /** Usage that is void before it could be drawn down, has never come so far. */
    private Check countedOnce() {
        var violations = new ArrayList<String>();
        sent.usage().values().forEach(usage -> {
            var lines = ledger.drawn(usage.id()).size();
            var gone = ledger.left(usage.id()).size();
            var wasVoidInTime = lines + gone == 0 && mayWait(usage) && isVoid(correctingOf(usage));
            if (lines + gone != 1 && !wasVoidInTime) {
                violations.add(usage.id() + " is drawn down " + lines + " times and left to Stripe's meters " + gone
                        + " times");
            }
        });
        return new Check(
                "Acknowledged usage is drawn down or left to Stripe's meters, once",
                sent.usage().size(),
                violations);
    }

    /** For its price, or for its wallet to be opened again. */
    private boolean mayWait(Sent.Usage usage) {
        return usage.meter() == ChaosMeter.STORAGE || accounts.isClosedAtTimes(usage.account());
    }

    private static boolean isVoid(Correcting correcting) {
        return correcting.after(correcting.followed().size()) == null;
    }

    private Correcting correctingOf(Sent.Usage usage) {
        return corrected.getOrDefault(usage.id(), Correcting.none(usage));
    }

    private Check nothingElse() {
        var violations = Stream.of(ledger.drawn(), ledger.left(), ledger.adjusted(), ledger.adjustedAtStripe())
                .flatMap(entries -> entries.keySet().stream())
                .filter(id -> !sent.usage().containsKey(id))
                .map(id -> id + " is on the ledger and was never acknowledged, or is worth nothing")
                .toList();
        return new Check("Nothing else is on the ledger", sent.worthless().size(), violations);
    }

    private Check worthWhatItCosts() {
        var violations = new ArrayList<String>();
        sent.usage().values().forEach(usage -> {
            ledger.drawn(usage.id()).stream()
                    .filter(found -> !isRight(usage, found))
                    .forEach(found -> violations.add(usage + " is on the ledger as " + found));
            ledger.left(usage.id()).stream()
                    .filter(found -> !isLeftRight(usage, found))
                    .forEach(found -> violations.add(usage + " is left to Stripe as " + found));
        });
        return new Check(
                "It is its account's, for quantity times price or as much as was used",
                sent.usage().size(),
                violations);
    }

    /** What depends on other usage is looked at month by month. */
    private boolean isRight(Sent.Usage usage, Entry found) {
        return isOf(usage, found)
                && usage.meter() != ChaosMeter.IMAGES
                && (!usage.meter().costsByItself()
                        || Amounts.equal(found.amount(), usage.meter().cost(found.quantity())));
    }

    private boolean isLeftRight(Sent.Usage usage, Entry found) {
        return isOf(usage, found)
                && !usage.meter().isAlwaysPrepaid()
                && Amounts.equal(found.quantity(), usage.quantity());
    }

    private boolean isOf(Sent.Usage usage, Entry found) {
        return found.account().equals(usage.account()) && found.meterId().equals(catalogue.meterId(usage.meter()));
    }

    /**
     * What the entry says and each adjustment of it is what counted after so many corrections, up to the last one. Where a text
     * counts once, a correction may touch another usage of the same text: only the month's number tells.
     */
    private Check correctedOnce() {
        var violations = new ArrayList<String>();
        sent.usage().values().stream()
                .filter(usage -> usage.meter().canBeReplaced())
                .forEach(usage -> {
                    ledger.drawn(usage.id())
                            .forEach(found -> follow(usage, found.quantity(), ledger.adjusted(usage.id()), violations));
                    ledger.left(usage.id())
                            .forEach(found ->
                                    follow(usage, found.quantity(), ledger.adjustedAtStripe(usage.id()), violations));
                });
        return new Check(
                "Each correction changes usage on the ledger once, or gave way while it was parked",
                corrected.size(),
                violations);
    }

    private void follow(Sent.Usage usage, BigDecimal quantity, List<Step> steps, List<String> violations) {
        new Following(correctingOf(usage), mayWait(usage), violations::add).check(quantity, steps);
    }

    private Check sums() {
        var expected = new HashMap<String, BigDecimal>();
        sent.usage().values().stream()
                .filter(usage ->
                        countsByItself(usage.meter()) && ledger.left(usage.id()).isEmpty())
                .forEach(usage -> expected.merge(
                        usage.account(), usage.meter().cost(correctingOf(usage).counts()), BigDecimal::add));
        var found = new HashMap<String, BigDecimal>();
        ledger.drawn().values().stream()
                .flatMap(List::stream)
                .filter(entry -> countsByItself(entry.meterId()))
                .forEach(entry -> found.merge(entry.account(), entry.amount(), BigDecimal::add));
        ledger.adjusted().values().stream()
                .flatMap(List::stream)
                .filter(step -> countsByItself(step.meterId()))
                .forEach(step -> found.merge(step.account(), step.amount(), BigDecimal::add));
        var violations = expected.entrySet().stream()
                .filter(sum -> !Amounts.equal(sum.getValue(), found.getOrDefault(sum.getKey(), BigDecimal.ZERO)))
                .map(sum -> sum.getKey() + " used " + sum.getValue() + " and was drawn down " + found.get(sum.getKey()))
                .toList();
        return new Check("Each account's lines and adjustments sum to what was sent", expected.size(), violations);
    }

    private boolean countsByItself(String meterId) {
        return catalogue.meter(meterId).filter(UsageChecks::countsByItself).isPresent();
    }

    private static boolean countsByItself(ChaosMeter meter) {
        return meter.costsByItself() && meter.canBeReplaced();
    }
}
