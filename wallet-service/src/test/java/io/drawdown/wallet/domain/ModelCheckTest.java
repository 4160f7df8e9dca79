package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.GrantKind.PAID;
import static io.drawdown.wallet.domain.WalletStatus.CLOSED;
import static io.drawdown.wallet.domain.WalletStatus.OPEN;
import static io.drawdown.wallet.domain.WalletStatus.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.ModelWallet.Rolls;
import io.drawdown.wallet.domain.ModelWallet.Terms;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.usage.ReadPartition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random schedules against a model of the wallet that is too simple to be wrong: {@link ModelWallet}. After every command both
 * must agree on what is settled (which is what came in less what went out, {@link InLessOut}), held and available, on what is left of every grant and of what it rolled over into, on what was
 * lost of it, and on what is refused; a top-up is asked for exactly when it must be, and what comes by itself is known beforehand.
 * Usage, grants, payments, holds and their ends are repeated; processes die and fold the wallet anew; instances that were displaced
 * decide on what they remember.
 *
 * <p>Long runs: {@code -Ddrawdown.model.schedules=1000000}, from another seed with {@code -Ddrawdown.model.seed=…}.
 */
class ModelCheckTest {

    private static final int COMMANDS = 60;
    private static final int ALL = Integer.MAX_VALUE;
    /** Clocks that are put forward or back by whole hours, if at all, which is what the model counts in. */
    private static final List<Zone> ZONES = Stream.of("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu")
            .map(Zone::of)
            .toList();

    /** The second and third are days before the clocks of two of these are changed. */
    private static final List<Instant> STARTS =
            List.of(NOW, Instant.parse("2027-03-12T10:00:00Z"), Instant.parse("2027-10-25T10:00:00Z"));

    private static final List<String> METERS = List.of("mtr_a", "mtr_b");

    private static final List<Settlement> SETTLEMENTS = List.of(Settlement.values());

    private static final int KINDS = 22;
    private static final int CHANGE_OF_STATUS = KINDS - 1;

    @Test
    void everyScheduleEndsWhereTheModelSays() {
        long first = Long.getLong("drawdown.model.seed", 0);
        long schedules = Long.getLong("drawdown.model.schedules", 3_000);
        for (long seed = first; seed < first + schedules; seed++) {
            new Schedule(seed).run();
        }
    }

    /** One run: the same seed gives the same commands. */
    private static final class Schedule {

        private final long seed;
        private final Random random;
        private final List<String> trace = new ArrayList<>();
        private final List<WalletEvent> events = new ArrayList<>();
        private final GrantTerms terms = new GrantTerms();
        private final InLessOut sum = new InLessOut(money(0));
        private final Map<GrantId, Grant> given = new HashMap<>();
        private final List<Sent> partition = new ArrayList<>();
        private final List<UsageLine> parked = new ArrayList<>();
        private final ReadPartition reading = new ReadPartition();
        private final ModelTopUps topUps;
        private final Zone zone;
        private final Instant start;
        private final ModelWallet model = new ModelWallet(this::daysAfter);
        private WalletState wallet;
        private WalletState remembered;
        private int hour;
        private int usages;
        private int availableBefore;
        private int availableBeforeReversal;
        private boolean topUpEnded;
        private boolean hasFoundNothing;
        private boolean reversed;

        private Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.zone = ZONES.get(random.nextInt(ZONES.size()));
            this.start = STARTS.get(random.nextInt(STARTS.size()));
            this.topUps = new ModelTopUps(ZoneId.of(zone.id()));
            events.add(Decisions.open(new OpenWallet(WALLET, ACCOUNT, USD, zone, start)));
            this.wallet = WalletState.evolve(null, events.getFirst());
            this.remembered = wallet;
        }

        private void run() {
            changePolicy(random.nextBoolean());
            for (int i = 0; i < COMMANDS; i++) {
                hour += random.nextInt(4) == 0 ? random.nextInt(30) : 0;
                model.passTo(hour);
                seeWhatIsAvailable(false);
                expectToBeWoken();
                step();
                compare();
            }
            expectAllUsageOnce();
        }

        /** What has come about by the passing of time alone would have come without anybody. */
        private void expectToBeWoken() {
            var due = wallet.nextDueAt();
            if (due == null || due.isAfter(at(hour))) {
                assertThat(Decisions.decide(wallet, new SettleDue(WALLET, at(hour))))
                        .as(this::story)
                        .isEmpty();
            }
        }

        private void step() {
            switch (model.isOpen() || random.nextInt(4) > 0 ? random.nextInt(KINDS) : CHANGE_OF_STATUS) {
                case 0, 1, 2 -> drawDown();
                case 3 -> give();
                case 4 -> pay();
                case 5 -> voidGift();
                case 6 -> hold();
                case 7 -> capture();
                case 8 -> release();
                case 9 -> reverse();
                case 10, 11 -> correct();
                case 12, 13 -> decline();
                case 14 -> die();
                case 15 -> wakeUpDisplaced();
                case 16 -> limit();
                case 17 -> both(new SettleDue(WALLET, at(hour)), true);
                case 18 -> topUp();
                case 19 -> changePolicy(false);
                case 20 -> settle();
                case CHANGE_OF_STATUS -> changeStatus();
                default -> throw new IllegalStateException("Nothing more is done to a wallet");
            }
        }

        /** Sends usage, some of it again; and reads from anywhere in what has been read before to the end. */
        private void drawDown() {
            for (int i = random.nextInt(3); i >= 0; i--) {
                partition.add(random.nextInt(4) == 0 && usages > 0 ? sentAgain() : sent());
            }
            var batch = new ArrayList<Sent>();
            for (int offset = random.nextInt(reading.next() + 1); offset < partition.size(); offset++) {
                var sent = partition.get(offset);
                if (reading.take(sent.sourceOffset, offset)) {
                    batch.add(sent);
                }
            }
            if (!batch.isEmpty()) {
                var range = new SourceRange(0, batch.getFirst().sourceOffset, batch.getLast().sourceOffset);
                draw(batch.stream().map(Sent::usage).toList(), range);
            }
        }

        private Sent sent() {
            var meter = METERS.get(random.nextInt(2));
            var amount = money(random.nextInt(40));
            var usage = new UsageLine("/m", "u" + usages, meter, "price", BigDecimal.ONE, amount, NOW, null);
            return new Sent(usages++, usage);
        }

        private Sent sentAgain() {
            return partition.get(random.nextInt(partition.size()));
        }

        private void draw(List<UsageLine> lines, @Nullable SourceRange range) {
            if (model.isClosed()) {
                parked.addAll(lines);
            } else {
                lines.forEach(line -> model.spend(line.id(), line.meterId(), mills(line.amount())));
            }
            both(new DrawDown(WALLET, lines, range, at(hour)), !model.isClosed());
        }

        /** What was parked while the wallet was closed is drawn down once it is open. */
        private void changeStatus() {
            var status = model.isOpen() ? random.nextBoolean() ? PAUSED : CLOSED : OPEN;
            var forfeit = random.nextBoolean();
            var accepted = model.change(status, forfeit, topUps.isPending());
            topUps.open(model.isOpen());
            both(new ChangeStatus(WALLET, status, forfeit, "model", at(hour)), accepted);
            if (model.isOpen() && !parked.isEmpty()) {
                draw(List.copyOf(parked), null);
                parked.clear();
            }
        }

        private void settle() {
            var meter = METERS.get(random.nextInt(2));
            var mode = SETTLEMENTS.get(random.nextInt(SETTLEMENTS.size()));
            both(new ChangeSettlement(WALLET, meter, mode, at(hour)), model.settle(meter, mode));
        }

        private void topUp() {
            var accepted = model.isOpen() && !topUps.isPending();
            both(new RequestTopUp(WALLET, cents(1 + random.nextInt(6)), at(hour)), accepted);
        }

        private void changePolicy(boolean opening) {
            var policy = policy();
            var accepted = topUps.isSet(policy) || (!model.isClosed() && ModelTopUps.isPossible(policy));
            if (accepted) {
                topUps.change(policy, opening, at(hour));
            }
            both(new ChangeReplenishmentPolicy(WALLET, policy, opening, at(hour)), accepted);
        }

        private ReplenishmentPolicy policy() {
            return new ReplenishmentPolicy(
                    random.nextInt(8) > 0,
                    money(random.nextInt(60)),
                    cents(1 + random.nextInt(6)),
                    random.nextInt(3) == 0 ? cents(7 + random.nextInt(6)) : null,
                    random.nextInt(3) == 0 ? cents(4 + random.nextInt(40)) : null,
                    Duration.ofHours(random.nextInt(3) == 0 ? random.nextInt(20) : 0),
                    random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
                    random.nextInt(4) == 0 ? recurrence() : null);
        }

        private Recurrence recurrence() {
            var first = at(hour + random.nextInt(60) - 30);
            return new Recurrence(cents(1 + random.nextInt(6)), new Validity(0, 1 + random.nextInt(3)), first);
        }

        private void decline() {
            var pending = wallet.replenishment().pending();
            if (pending != null) {
                topUpEnded = true;
                topUps.decline(at(hour));
                both(new FailReplenishment(WALLET, pending.id(), null, "declined", "model", BACK_OFF, at(hour)), true);
            }
        }

        /** What a process knew is gone; the next one folds the log. */
        private void die() {
            trace.add("dies");
            WalletState folded = null;
            for (var event : events) {
                folded = WalletState.evolve(folded, event);
            }
            assertThat(folded).as(this::story).isEqualTo(wallet);
            wallet = folded;
        }

        /** An instance that was displaced decides on what it remembers, and the log takes none of that. */
        private void wakeUpDisplaced() {
            trace.add("a displaced instance wakes up");
            if (remembered.version() < wallet.version() && remembered.status() != CLOSED) {
                var usage = new UsageLine("/m", "zombie", "mtr_a", "price", BigDecimal.ONE, money(1), NOW, null);
                for (var step : Decisions.decide(remembered, new DrawDown(WALLET, List.of(usage), at(hour)))) {
                    if (step.event().header().sequence() < wallet.version()) {
                        assertThatIllegalStateException().isThrownBy(() -> WalletState.evolve(wallet, step.event()));
                    }
                }
            }
            remembered = wallet;
        }

        private void correct() {
            if (model.uses() == 0) {
                return;
            }
            int use = random.nextInt(model.uses());
            int amount = random.nextInt(3) == 0 ? 0 : random.nextInt(50);
            var id = model.idOf(use);
            var usage = find(id);
            var after = new Measure("price", BigDecimal.ONE, NOW, money(amount));
            var cost = usage.counts() == null ? money(0) : usage.counts().amount();
            model.correct(use, amount);
            both(
                    new AdjustUsage(
                            WALLET,
                            new UsageAdjustment("/m", id, model.meterOf(use), usage.counts(), after, null, null, null),
                            money(amount).minus(cost),
                            usage.burned(),
                            at(hour)),
                    true);
        }

        private DrawnUsage find(String id) {
            DrawnUsage found = null;
            for (var event : events) {
                if (event instanceof UsageDrawnDown drawn) {
                    found = DrawnUsage.in(drawn, "/m", id, terms.lots(drawn.allocations()))
                            .orElse(found);
                } else if (event instanceof UsageAdjusted adjusted
                        && adjusted.adjustment().id().equals(id)) {
                    found = found.after(adjusted, terms.lots(adjusted.allocations()));
                }
            }
            return found;
        }

        private void give() {
            var id = "gift" + random.nextInt(12);
            int amount = random.nextInt(60);
            int priority = 50 * random.nextInt(2);
            @Nullable Integer from = random.nextInt(3) == 0 ? hour + random.nextInt(20) : null;
            @Nullable Integer to = random.nextBoolean() ? hour + random.nextInt(50) : null;
            List<String> meters = random.nextInt(3) == 0 ? List.of(METERS.get(random.nextInt(2))) : List.of();
            @Nullable Rolls rolls = random.nextInt(3) == 0 ? rolls() : null;
            var granted = model.give(id, amount, new Terms(from == null ? hour : from, to, meters, priority, rolls));
            both(
                    new GiveCredit(
                            WALLET,
                            new GrantId(id),
                            money(amount),
                            priority,
                            from == null ? null : at(from),
                            to == null ? null : at(to),
                            meters,
                            rollover(rolls),
                            "model",
                            at(hour)),
                    granted);
        }

        /** For one to three days; all that is left, or an amount. */
        private Rolls rolls() {
            return new Rolls(random.nextBoolean() ? ALL : 1 + random.nextInt(20), 1 + random.nextInt(3));
        }

        private static @Nullable Rollover rollover(@Nullable Rolls rolls) {
            if (rolls == null) {
                return null;
            }
            var limit =
                    rolls.most() == ALL ? new Rollover.Share(BigDecimal.ONE) : new Rollover.Most(money(rolls.most()));
            return new Rollover(limit, new Validity(0, rolls.days()));
        }

        private void pay() {
            var line = "il" + random.nextInt(12);
            int amount = 1 + random.nextInt(60);
            int bonus = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
            int priority = random.nextInt(4) == 0 ? 0 : 50;
            int days = random.nextInt(3);
            List<String> meters = random.nextInt(4) == 0 ? List.of(METERS.get(random.nextInt(2))) : List.of();
            @Nullable Rolls rolls = random.nextBoolean() ? rolls() : null;
            var terms = new CreditTerms(
                    days == 0 ? null : new Validity(0, days),
                    meters,
                    priority,
                    bonus == 0 ? null : new Bonus.Share(BigDecimal.valueOf(bonus)),
                    rollover(rolls));
            @Nullable Integer to = days == 0 ? null : daysAfter(hour, days);
            var accepted =
                    model.pay(line, amount, bonus, new Terms(hour, to, meters, priority, to == null ? null : rolls));
            var pending = random.nextBoolean() ? wallet.replenishment().pending() : null;
            if (pending != null) {
                topUpEnded = true;
                topUps.pay();
            }
            both(
                    new CreditPaidInvoice(
                            WALLET,
                            "in",
                            pending == null ? null : pending.id(),
                            List.of(new CreditLine(line, money(amount), money(amount), null, terms)),
                            at(hour)),
                    accepted);
        }

        private void voidGift() {
            var id = "gift" + random.nextInt(12);
            both(new VoidGrant(WALLET, new GrantId(id), "model", at(hour)), model.voidGift(id));
        }

        private void limit() {
            model.limit = random.nextInt(30);
            both(new ChangeOverdraftLimit(WALLET, money(model.limit), at(hour)), true);
        }

        private void hold() {
            var id = "h" + random.nextInt(4);
            int amount = random.nextInt(50);
            int end = hour + random.nextInt(30);
            @Nullable String meter = random.nextBoolean() ? METERS.get(random.nextInt(2)) : null;
            both(
                    new PlaceHold(WALLET, new HoldId(id), money(amount), meter, at(end), null, at(hour)),
                    model.hold(id, amount, meter, end));
        }

        private void capture() {
            var id = "h" + random.nextInt(4);
            int amount = random.nextInt(40);
            boolean keepRest = random.nextBoolean();
            both(
                    new CaptureHold(WALLET, new HoldId(id), money(amount), keepRest, null, at(hour)),
                    model.capture(id, amount, keepRest));
        }

        private void release() {
            var id = "h" + random.nextInt(4);
            both(new ReleaseHold(WALLET, new HoldId(id), at(hour)), model.release(id));
        }

        private void reverse() {
            var line = "il" + random.nextInt(12);
            var reversal = "re" + random.nextInt(3);
            int paid = Math.max(model.worthOf("grt_" + line), 1);
            int takenBack = random.nextInt(paid + 1);
            reverse(GrantId.ofInvoiceLine(line), reversal, paid, takenBack);
            if (model.worthOf("bns_" + line) > 0) {
                reverse(GrantId.ofBonus(line), reversal, paid, takenBack);
            }
        }

        private void reverse(GrantId id, String reversal, int paid, int takenBack) {
            reversed = true;
            availableBeforeReversal = model.available(null);
            var granted = given.getOrDefault(id, new Grant(id, money(1), PAID, 50, NOW, null, List.of(), NOW));
            both(
                    new FollowReversal(
                            WALLET,
                            reversal,
                            "refund",
                            new ReversedGrant(granted, money(paid), money(takenBack)),
                            at(hour),
                            at(hour)),
                    model.reverse(id.value(), reversal, takenBack * model.worthOf(id.value()) / paid));
        }

        private void both(WalletCommand command, boolean accepted) {
            trace.add(hour + "h " + command + (accepted ? "" : " (refused)"));
            try {
                Decisions.decide(wallet, command).forEach(this::follow);
                assertThat(accepted).as(this::story).isTrue();
            } catch (WalletRejection refusal) {
                assertThat(accepted).as(this::story).isFalse();
            }
        }

        private void follow(Step step) {
            wallet = step.after();
            events.add(step.event());
            terms.follow(step.event());
            sum.follow(step.event());
            if (step.event() instanceof CreditGranted granted) {
                given.put(granted.grantId(), Grant.of(granted, granted.amount()));
            }
            if (step.event() instanceof CreditClawedBack) {
                topUps.goBack(money(availableBeforeReversal));
            } else if (usesOrLoses(step.event()) && !comesBackInVain(step.event())) {
                topUps.use();
            }
            hasFoundNothing |= isLeftForWantOfCredit(step.event());
            if (step.event() instanceof ReplenishRequested requested) {
                var available = money(model.available(null));
                assertThat(requested.available()).as(this::story).isEqualTo(available);
                assertThat(topUps.ask(requested, available)).as(this::story).isTrue();
            }
            if (step.event() instanceof ReplenishmentHeldBack heldBack) {
                assertThat(topUps.holdBack(heldBack, money(model.available(null))))
                        .as(this::story)
                        .isTrue();
            }
        }

        /** After which a top-up may be asked for although credit has gone back with its money. */
        private static boolean usesOrLoses(WalletEvent event) {
            return switch (event) {
                case UsageDrawnDown _, HoldPlaced _ -> true;
                case UsageAdjusted adjusted -> mills(adjusted.amount()) > 0;
                case GrantExpired _, GrantVoided _, GrantForfeited _ -> true;
                default -> isLeftForWantOfCredit(event);
            };
        }

        /** What comes back to a grant that was over when something else was recorded is lost at once, and nothing is missed. */
        private boolean comesBackInVain(WalletEvent event) {
            return event instanceof GrantExpired expired
                    && terms.lots(List.of(new Allocation(expired.grantId(), expired.amount())))
                            .getFirst()
                            .expiresAt()
                            .isBefore(events.get(events.size() - 2).header().recordedAt());
        }

        private static boolean isLeftForWantOfCredit(WalletEvent event) {
            return event instanceof UsageLeftToArrears left && left.mode() == Settlement.PREPAID_THEN_ARREARS;
        }

        private void compare() {
            Decisions.decide(wallet, new SettleDue(WALLET, at(hour))).forEach(this::follow);
            var due = wallet.nextDueAfter(at(hour));
            assertThat(due == null || due.isAfter(at(hour))).as(this::story).isTrue();
            compareCredit();
            compareTopUps();
        }

        /** Money that goes back is no reason to ask for more of it. */
        private void compareTopUps() {
            var available = model.available(null);
            seeWhatIsAvailable(reversed);
            assertThat(topUps.isOverdue(at(hour), money(available)))
                    .as(this::story)
                    .isFalse();
            assertThat(wallet.replenishment().pending() != null).as(this::story).isEqualTo(topUps.isPending());
            assertThat(wallet.replenishment().disabled()).as(this::story).isEqualTo(topUps.isDisabled());
            topUpEnded = false;
            hasFoundNothing = false;
            reversed = false;
        }

        private void seeWhatIsAvailable(boolean wentBack) {
            var available = model.available(null);
            var isLess = available < availableBefore && !wentBack;
            topUps.see(money(available), isLess || topUpEnded || hasFoundNothing);
            availableBefore = available;
        }

        private void compareCredit() {
            assertThat(wallet.settled())
                    .as(this::story)
                    .isEqualTo(sum.settled())
                    .isEqualTo(money(model.settled()));
            assertThat(wallet.holds().total()).as(this::story).isEqualTo(money(model.held()));
            assertThat(wallet.overdraft()).as(this::story).isEqualTo(money(model.overdraft));
            assertThat(wallet.availableAt(at(hour))).as(this::story).isEqualTo(money(model.available(null)));
            for (var meter : METERS) {
                assertThat(wallet.spendableAt(at(hour), meter))
                        .as(this::story)
                        .isEqualTo(money(model.available(meter) + model.limit));
            }
            assertThat(left()).as(this::story).isEqualTo(inMoney(model.left()));
            model.lost()
                    .forEach((id, lost) -> assertThat(wallet.ends().lostOf(new GrantId(id), money(0)))
                            .as(this::story)
                            .isEqualTo(money(lost)));
        }

        /** It is drawn down, left to Stripe or parked, and only one of these. */
        private void expectAllUsageOnce() {
            var ids = new ArrayList<String>();
            parked.forEach(line -> ids.add(line.id()));
            for (var event : events) {
                if (event instanceof UsageDrawnDown drawn) {
                    drawn.lines().forEach(line -> ids.add(line.id()));
                } else if (event instanceof UsageLeftToArrears left) {
                    left.lines().forEach(line -> ids.add(line.id()));
                }
            }
            assertThat(ids).as(this::story).doesNotHaveDuplicates().hasSize(usages);
        }

        private Map<String, Money> left() {
            var left = new HashMap<String, Money>();
            model.left().keySet().forEach(id -> left.put(id, money(0)));
            for (var grant : wallet.grants()) {
                var origin = grant.id().origin();
                var name = origin.equals(grant.id()) ? origin.value() : ModelWallet.ROLLED + origin;
                left.merge(name, grant.remaining(), Money::plus);
            }
            return left;
        }

        private static Map<String, Money> inMoney(Map<String, Integer> amounts) {
            var money = new HashMap<String, Money>();
            amounts.forEach((id, amount) -> money.put(id, money(amount)));
            return money;
        }

        private String story() {
            return "seed " + seed + ":\n" + String.join("\n", trace);
        }

        private int daysAfter(int hour, int days) {
            var end = at(hour).atZone(ZoneId.of(zone.id())).plusDays(days).toInstant();
            return Math.toIntExact(Duration.between(start, end).toHours());
        }

        private Instant at(int hour) {
            return start.plus(Duration.ofHours(hour));
        }

        /** A tenth of a cent each. */
        private static Money money(long mills) {
            return new Money(BigDecimal.valueOf(mills, 3), USD);
        }

        private static int mills(Money money) {
            return money.amount().movePointRight(3).intValueExact();
        }

        private static Money cents(long cents) {
            return new Money(BigDecimal.valueOf(cents, 2), USD);
        }
    }

    /** Usage as a record of its partition has it. */
    private record Sent(long sourceOffset, UsageLine usage) {}
}
