package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether each event of usage that was acknowledged counts, once, for what it is worth. */
final class UsageChecks {

    private final Sent sent;
    private final Catalogue catalogue;
    private final Map<String, Correcting> corrected;
    private final Map<String, List<Drawn>> drawn = new HashMap<>();
    private final Map<String, List<Left>> left = new HashMap<>();
    private final Map<String, List<UsageAdjusted>> adjusted = new HashMap<>();

    /** A line, and whose wallet it is on. */
    private record Drawn(String account, UsageLine line) {}

    private record Left(String account, LeftUsage line) {}

    UsageChecks(WalletTopic topic, Catalogue catalogue, Sent sent) {
        this.sent = sent;
        this.catalogue = catalogue;
        this.corrected = Correcting.of(sent.corrections());
        topic.all(UsageDrawnDown.class)
                .forEach(event -> event.getLines()
                        .forEach(line -> drawn.computeIfAbsent(line.getId(), _ -> new ArrayList<>())
                                .add(new Drawn(event.getAccountId(), line))));
        topic.all(UsageLeftToArrears.class)
                .forEach(event -> event.getLines()
                        .forEach(line -> left.computeIfAbsent(line.getId(), _ -> new ArrayList<>())
                                .add(new Left(event.getAccountId(), line))));
        topic.all(UsageAdjusted.class)
                .forEach(event -> adjusted.computeIfAbsent(event.getId(), _ -> new ArrayList<>())
                        .add(event));
    }

    List<Check> all(AcceptedUsage accepted) {
        return Stream.concat(Stream.of(acceptedOnce(accepted), accepted.lateWrites()), ofTheLedger().stream())
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
            if (places.size() > 1) {
                violations.add(id + " was accepted from the positions " + places);
            }
        });
        return new Check("Acknowledged usage is accepted from one position", positions.size(), violations);
    }

    /** Usage that is void before there was a price for it, has never come so far. */
    private Check countedOnce() {
        var violations = new ArrayList<String>();
        sent.usage().values().forEach(usage -> {
            var lines = drawn.getOrDefault(usage.id(), List.of()).size();
            var gone = left.getOrDefault(usage.id(), List.of()).size();
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

    private static boolean mayWait(Sent.Usage usage) {
        return usage.meter() == ChaosMeter.STORAGE;
    }

    private static boolean isVoid(Correcting correcting) {
        return correcting.after(correcting.followed().size()) == null;
    }

    private Correcting correctingOf(Sent.Usage usage) {
        return corrected.getOrDefault(usage.id(), Correcting.none(usage));
    }

    private Check nothingElse() {
        var violations = Stream.of(drawn.keySet(), left.keySet(), adjusted.keySet())
                .flatMap(ids -> ids.stream())
                .filter(id -> !sent.usage().containsKey(id))
                .map(id -> id + " is on the ledger and was never acknowledged, or is worth nothing")
                .toList();
        return new Check("Nothing else is on the ledger", sent.worthless().size(), violations);
    }

    private Check worthWhatItCosts() {
        var violations = new ArrayList<String>();
        sent.usage().values().forEach(usage -> {
            drawn.getOrDefault(usage.id(), List.of()).stream()
                    .filter(found -> !isRight(usage, found))
                    .forEach(found -> violations.add(usage + " is on the ledger as " + found));
            left.getOrDefault(usage.id(), List.of()).stream()
                    .filter(found -> !isRight(usage, found))
                    .forEach(found -> violations.add(usage + " is left to Stripe as " + found));
        });
        return new Check(
                "It is its account's, for quantity times price or as much as was used",
                sent.usage().size(),
                violations);
    }

    private boolean isRight(Sent.Usage usage, Drawn found) {
        var line = found.line();
        var quantity = new BigDecimal(line.getQuantity());
        return found.account().equals(usage.account())
                && line.getMeterId().equals(catalogue.meterId(usage.meter()))
                && usage.meter() != ChaosMeter.IMAGES
                && Amounts.equal(new BigDecimal(line.getAmount()), usage.meter().cost(quantity));
    }

    private boolean isRight(Sent.Usage usage, Left found) {
        return found.account().equals(usage.account())
                && found.line().getMeterId().equals(catalogue.meterId(usage.meter()))
                && !usage.meter().isAlwaysPrepaid()
                && Amounts.equal(new BigDecimal(found.line().getQuantity()), usage.quantity());
    }

    /** What is drawn down and each adjustment of it is what counted after so many corrections, up to the last one. */
    private Check correctedOnce() {
        var violations = new ArrayList<String>();
        sent.usage()
                .values()
                .forEach(usage -> drawn.getOrDefault(usage.id(), List.of())
                        .forEach(found -> follow(correctingOf(usage), found.line(), violations)));
        return new Check(
                "Each correction changes usage on the ledger once, or while it was parked",
                corrected.size(),
                violations);
    }

    private void follow(Correcting correcting, UsageLine line, List<String> violations) {
        var steps = adjusted.getOrDefault(line.getId(), List.of());
        var followed = correcting.followed();
        int whileParked = followed.size() - steps.size();
        if (whileParked < 0 || (whileParked > 0 && !mayWait(correcting.usage()))) {
            violations.add(line.getId() + " was corrected " + followed.size() + " times and is adjusted " + steps.size()
                    + " times");
            return;
        }
        if (!counts(correcting.after(whileParked), line.getQuantity())) {
            violations.add(line.getId() + " was drawn down for " + line.getQuantity() + " where "
                    + correcting.after(whileParked) + " counted");
        }
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var correction = followed.get(whileParked + i);
            if (!correction.id().equals(step.getCorrectionId())
                    || !counts(correcting.after(whileParked + i), quantity(step.getBefore()))
                    || !counts(correcting.after(whileParked + i + 1), quantity(step.getAfter()))) {
                violations.add(step + " where " + correction + " has to be followed");
            }
        }
    }

    private static @Nullable String quantity(@Nullable RatedMeasure measure) {
        return measure == null ? null : measure.getQuantity();
    }

    private static boolean counts(@Nullable BigDecimal expected, @Nullable String said) {
        return expected == null || said == null
                ? expected == null && said == null
                : Amounts.equal(expected, new BigDecimal(said));
    }

    private Check sums() {
        var expected = new HashMap<String, BigDecimal>();
        sent.usage().values().stream()
                .filter(usage -> !left.containsKey(usage.id()))
                .forEach(usage -> expected.merge(
                        usage.account(), usage.meter().cost(correctingOf(usage).counts()), BigDecimal::add));
        var found = new HashMap<String, BigDecimal>();
        drawn.values().stream()
                .flatMap(List::stream)
                .forEach(each ->
                        found.merge(each.account(), new BigDecimal(each.line().getAmount()), BigDecimal::add));
        adjusted.values().stream()
                .flatMap(List::stream)
                .forEach(each -> found.merge(each.getAccountId(), new BigDecimal(each.getAmount()), BigDecimal::add));
        var violations = expected.entrySet().stream()
                .filter(sum -> !Amounts.equal(sum.getValue(), found.getOrDefault(sum.getKey(), BigDecimal.ZERO)))
                .map(sum -> sum.getKey() + " used " + sum.getValue() + " and was drawn down " + found.get(sum.getKey()))
                .toList();
        return new Check("Each account's lines and adjustments sum to what was sent", expected.size(), violations);
    }
}
