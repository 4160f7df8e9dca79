package io.drawdown.chaos.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the driver has sent and how it was answered: its own model, to which the platform is held. */
public final class Sent {

    private final Map<String, Usage> usage = new ConcurrentHashMap<>();
    private final Map<String, Usage> worthless = new ConcurrentHashMap<>();
    private final Map<String, Queue<Said>> said = new ConcurrentHashMap<>();
    private final Set<String> refusedOverHttp = ConcurrentHashMap.newKeySet();
    private final Queue<Grant> grants = new ConcurrentLinkedQueue<>();
    private final Queue<Hold> holds = new ConcurrentLinkedQueue<>();
    private final Queue<Capture> captures = new ConcurrentLinkedQueue<>();
    private final Queue<Release> releases = new ConcurrentLinkedQueue<>();
    private final Queue<Voiding> voidings = new ConcurrentLinkedQueue<>();
    private final Queue<TopUp> topUps = new ConcurrentLinkedQueue<>();
    private final Queue<Policy> policies = new ConcurrentLinkedQueue<>();
    private final Queue<Correction> corrections = new ConcurrentLinkedQueue<>();
    private final Queue<Reversal> reversals = new ConcurrentLinkedQueue<>();
    private final Queue<PastBalance> pastBalances = new ConcurrentLinkedQueue<>();
    private final LongAdder changes = new LongAdder();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final LongAdder repeats = new LongAdder();
    private final LongAdder retries = new LongAdder();

    /** One event of usage; where texts are counted, the quantity is the text. */
    public record Usage(String id, String account, ChaosMeter meter, BigDecimal quantity) {

        /** Why it has to be refused, by the gate's name for that reason; null where it counts. */
        public @Nullable String refusal() {
            if (!meter.exists()) {
                return "unknown-meter";
            }
            return quantity.signum() < 0 ? "value-out-of-range" : null;
        }
    }

    /**
     * What usage is to count instead. Corrections of one usage event are in the order in which they were acknowledged.
     *
     * @param id by which it can be asked for
     * @param quantity absent to void the usage
     * @param time to which it moves; absent where it occurred when it was said to at first
     */
    public record Correction(
            String id,
            Usage usage,
            @Nullable BigDecimal quantity,
            @Nullable Instant time) {

        /** One that leaves the usage where it is. */
        public Correction(String id, Usage usage, @Nullable BigDecimal quantity) {
            this(id, usage, quantity, null);
        }
    }

    /** Money that somebody took back, by Stripe's id of the refund or the dispute. */
    public record Reversal(String id, String kind) {}

    /** Credit that was given; {@code key} is its reason, too. */
    public record Grant(String key, BigDecimal amount) {}

    /** @param taken false when it was refused, because there was not enough */
    public record Hold(String key, BigDecimal amount, boolean taken) {}

    /** @param taken false when it was refused, because the hold had ended */
    public record Capture(String key, BigDecimal amount, boolean taken) {}

    /** @param taken false when it was refused, because the hold had ended */
    public record Release(String holdId, boolean taken) {}

    /** A grant that was taken back; {@code key} is the reason, too. */
    public record Voiding(String key, boolean taken) {}

    /** @param replenishmentId absent when it was refused, because another one was pending */
    public record TopUp(BigDecimal amount, @Nullable String replenishmentId) {}

    /** A rule by which a wallet tops itself up, told by its threshold in the major unit. */
    public record Policy(String wallet, BigDecimal threshold) {

        public Policy {
            threshold = threshold.stripTrailingZeros();
        }
    }

    /** What a wallet was said to have had at an instant, and to have had for ever. */
    public record PastBalance(String wallet, Instant at, JsonNode answer) {

        /** Where to ask for it. */
        public static String path(String wallet, Instant at) {
            return "/v1/wallets/" + wallet + "/balance?at=" + at;
        }
    }

    /** Usage is sent that is said to have occurred at an instant between these, both inclusive; perhaps not for the first time. */
    public void says(String id, Instant earliest, Instant latest) {
        said.computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>()).add(new Said(earliest, latest));
    }

    /** Whether usage was ever said to have occurred then. */
    public boolean hasSaid(String id, Instant occurredAt) {
        return said.getOrDefault(id, new ConcurrentLinkedQueue<>()).stream()
                .anyMatch(one -> !occurredAt.isBefore(one.earliest) && !occurredAt.isAfter(one.latest));
    }

    private record Said(Instant earliest, Instant latest) {}

    /** Usage was acknowledged. */
    public void took(Usage one) {
        usage.put(one.id(), one);
    }

    /** Usage was acknowledged that has to be refused. */
    public void tookWorthless(Usage one) {
        worthless.put(one.id(), one);
    }

    /** A receipt said that usage is refused. */
    public void refusedOverHttp(String id) {
        refusedOverHttp.add(id);
    }

    void add(Grant grant) {
        grants.add(grant);
    }

    void add(Hold hold) {
        holds.add(hold);
    }

    void add(Capture capture) {
        captures.add(capture);
    }

    void add(Release release) {
        releases.add(release);
    }

    void add(Voiding voiding) {
        voidings.add(voiding);
    }

    void add(TopUp topUp) {
        topUps.add(topUp);
    }

    /** A change of how a wallet tops itself up was acknowledged. */
    public void add(Policy policy) {
        policies.add(policy);
    }

    /** A correction was acknowledged. */
    public void add(Correction correction) {
        corrections.add(correction);
    }

    void add(Reversal reversal) {
        reversals.add(reversal);
    }

    /** A final answer about the past. */
    public void add(PastBalance balance) {
        pastBalances.add(balance);
    }

    /** A rule was changed: what settles how, which wallet pays, what has a price, what is paused or closed. */
    void changed() {
        changes.increment();
    }

    void repeated() {
        repeats.increment();
    }

    void retried() {
        retries.increment();
    }

    /** Something that must not be answered, or not like that. */
    void complain(String complaint) {
        complaints.add(complaint);
    }

    /** What was acknowledged, by id. */
    public Map<String, Usage> usage() {
        return usage;
    }

    /** What was sent and has to be refused, by id: it must cost nobody anything. */
    public Map<String, Usage> worthless() {
        return worthless;
    }

    /** The ids of usage that a receipt said is refused; what goes over Kafka has none. */
    public Set<String> refusedOverHttp() {
        return refusedOverHttp;
    }

    public Queue<Grant> grants() {
        return grants;
    }

    public Queue<Hold> holds() {
        return holds;
    }

    public Queue<Capture> captures() {
        return captures;
    }

    public Queue<Release> releases() {
        return releases;
    }

    public Queue<Voiding> voidings() {
        return voidings;
    }

    public Queue<TopUp> topUps() {
        return topUps;
    }

    public Queue<Policy> policies() {
        return policies;
    }

    public Queue<Correction> corrections() {
        return corrections;
    }

    public Queue<Reversal> reversals() {
        return reversals;
    }

    public Queue<PastBalance> pastBalances() {
        return pastBalances;
    }

    /** How often the rules of the game were changed while it was played. */
    public long changes() {
        return changes.sum();
    }

    /** What was wrong with answers, in words. */
    public Queue<String> complaints() {
        return complaints;
    }

    /** How often something was sent again although it had been answered. */
    public long repeats() {
        return repeats.sum();
    }

    /** How often something was sent again because no answer came. */
    public long retries() {
        return retries.sum();
    }
}
