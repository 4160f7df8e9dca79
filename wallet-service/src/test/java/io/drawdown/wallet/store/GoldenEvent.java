package io.drawdown.wallet.store;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.ArrearsAdjustment;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.GrantKind;
import io.drawdown.wallet.domain.HoldEnd;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.LeftUsage;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Recurrence;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.ReplenishmentOutcome;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.Validity;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event and the file that holds it as it was once stored.
 *
 * @param name of the file, under {@code golden-events/<type>/<revision>/}
 */
record GoldenEvent(String typeName, String revision, String name, WalletEvent event) {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final ReplenishmentId REQUEST = new ReplenishmentId("rpl_acme_1");
    private static final HoldId HOLD = new HoldId("hld_1");
    private static final GrantCause.PaidInvoice PURCHASE = new GrantCause.PaidInvoice("in_1", "il_1", REQUEST);
    private static final Validity P1M = new Validity(1, 0);
    private static final String PUBLIC = "io.drawdown.events.wallet.";

    static Stream<GoldenEvent> all() {
        return Stream.of(
                new GoldenEvent(
                        PUBLIC + "WalletOpened", "1", "opened", new WalletEvent.WalletOpened(header(0), USD, Zone.UTC)),
                new GoldenEvent(
                        PUBLIC + "WalletOpened",
                        "2",
                        "opened",
                        new WalletEvent.WalletOpened(header(0), USD, Zone.of("Europe/Berlin"))),
                new GoldenEvent(
                        PUBLIC + "ReplenishmentPolicyChanged",
                        "1",
                        "switched-on",
                        policyChanged(null, null, Duration.ZERO, 0)),
                new GoldenEvent(
                        PUBLIC + "ReplenishmentPolicyChanged",
                        "2",
                        "up-to-a-target",
                        policyChanged(new BigDecimal("250"), new BigDecimal("1000.00"), Duration.ofHours(1), 3)),
                new GoldenEvent(
                        PUBLIC + "ReplenishmentPolicyChanged",
                        "3",
                        "regular",
                        policyChanged(null, null, Duration.ZERO, 5, new Recurrence(usd("25.00"), P1M, AT))),
                new GoldenEvent(PUBLIC + "ReplenishmentHeldBack", "1", "cap", heldBack(null)),
                new GoldenEvent(PUBLIC + "ReplenishmentHeldBack", "2", "cap", heldBack(null)),
                new GoldenEvent(PUBLIC + "ReplenishmentHeldBack", "2", "regular", heldBack(AT)),
                new GoldenEvent(
                        PUBLIC + "ReplenishmentDisabled",
                        "1",
                        "declined",
                        new WalletEvent.ReplenishmentDisabled(header(15), 3, "declined", "The card was declined.")),
                new GoldenEvent(PUBLIC + "CreditGranted", "1", "bought", bought()),
                new GoldenEvent(PUBLIC + "CreditGranted", "1", "given", given(List.of())),
                new GoldenEvent(PUBLIC + "CreditGranted", "2", "bought", bought()),
                new GoldenEvent(PUBLIC + "CreditGranted", "2", "given-for-meters", given(List.of("mtr_1", "mtr_2"))),
                new GoldenEvent(
                        PUBLIC + "CreditGranted",
                        "3",
                        "bought-rolling-over",
                        bought(GrantKind.PAID, new Rollover(new Rollover.Share(new BigDecimal("0.5")), P1M), PURCHASE)),
                new GoldenEvent(
                        PUBLIC + "CreditGranted",
                        "3",
                        "bonus-rolling-over",
                        bought(
                                GrantKind.PROMOTIONAL,
                                new Rollover(new Rollover.Most(usd("10.00")), new Validity(0, 30)),
                                new GrantCause.Bonus(PURCHASE))),
                new GoldenEvent(
                        PUBLIC + "GrantExpired",
                        "1",
                        "expired",
                        new WalletEvent.GrantExpired(header(7), new GrantId("grt_welcome"), usd("2.5"), usd("10.00"))),
                new GoldenEvent(
                        PUBLIC + "GrantVoided",
                        "1",
                        "voided",
                        new WalletEvent.GrantVoided(
                                header(8), new GrantId("grt_welcome"), usd("2.5"), "mistake", usd("7.50"))),
                new GoldenEvent(
                        PUBLIC + "OverdraftRepaid",
                        "1",
                        "repaid",
                        new WalletEvent.OverdraftRepaid(
                                header(9),
                                usd("3"),
                                List.of(
                                        new Allocation(new GrantId("grt_a"), usd("1")),
                                        new Allocation(new GrantId("grt_b"), usd("2"))),
                                usd("0.00"))),
                new GoldenEvent(
                        PUBLIC + "OverdraftLimitChanged",
                        "1",
                        "changed",
                        new WalletEvent.OverdraftLimitChanged(header(10), usd("25.00"))),
                new GoldenEvent(
                        PUBLIC + "CreditClawedBack",
                        "1",
                        "disputed",
                        clawedBack(List.of(new Allocation(GrantId.ofInvoiceLine("il_1"), usd("74.5"))), usd("0"))),
                new GoldenEvent(
                        PUBLIC + "CreditClawedBack",
                        "2",
                        "rolled-over-and-lost",
                        clawedBack(
                                List.of(
                                        new Allocation(new GrantId("grt_il_1.rol7"), usd("70")),
                                        new Allocation(GrantId.ofInvoiceLine("il_1"), usd("4.5"))),
                                usd("12.25"))),
                new GoldenEvent(
                        PUBLIC + "CreditGivenBack",
                        "1",
                        "won",
                        givenBack(GrantId.ofInvoiceLine("il_1"), GrantKind.PAID, 50, null, List.of(), usd("0"))),
                new GoldenEvent(
                        PUBLIC + "CreditGivenBack",
                        "2",
                        "bonus-for-meters",
                        givenBack(
                                GrantId.ofBonus("il_1"),
                                GrantKind.PROMOTIONAL,
                                10,
                                AT.plusSeconds(86_400),
                                List.of("mtr_1"),
                                usd("12.25"))),
                new GoldenEvent(PUBLIC + "GrantRolledOver", "1", "rolled-over", rolledOver()),
                new GoldenEvent(PUBLIC + "HoldPlaced", "1", "placed", placed()),
                new GoldenEvent(PUBLIC + "HoldPlaced", "1", "for-anything", placedForAnything()),
                new GoldenEvent(PUBLIC + "HoldCaptured", "1", "captured", captured()),
                new GoldenEvent(
                        PUBLIC + "HoldReleased",
                        "1",
                        "timed-out",
                        new WalletEvent.HoldReleased(
                                header(13), HOLD, usd("0.5"), List.of(), usd("0.5"), HoldEnd.TIMED_OUT, usd("-0.5"))),
                new GoldenEvent(PUBLIC + "UsageDrawnDown", "1", "into-overdraft", drawnDown()),
                new GoldenEvent(
                        PUBLIC + "WalletAdded", "1", "added", new WalletEvent.WalletAdded(header(22), tokensWallet())),
                new GoldenEvent(
                        PUBLIC + "MeterRouted",
                        "1",
                        "routed",
                        new WalletEvent.MeterRouted(header(23), "mtr_1", tokensWallet())),
                new GoldenEvent(
                        PUBLIC + "WalletStatusChanged",
                        "1",
                        "closed",
                        new WalletEvent.WalletStatusChanged(header(20), WalletStatus.CLOSED, "moved to a new account")),
                new GoldenEvent(
                        PUBLIC + "GrantForfeited",
                        "1",
                        "forfeited",
                        new WalletEvent.GrantForfeited(
                                header(21), new GrantId("grt_welcome"), usd("2.5"), usd("7.50"))),
                new GoldenEvent(
                        PUBLIC + "SettlementChanged",
                        "1",
                        "prepaid-then-arrears",
                        new WalletEvent.SettlementChanged(header(18), "mtr_1", Settlement.PREPAID_THEN_ARREARS)),
                new GoldenEvent(PUBLIC + "UsageLeftToArrears", "1", "in-arrears", left(null)),
                new GoldenEvent(PUBLIC + "UsageLeftToArrears", "2", "in-order", left(new SourceRange(3, 40, 41))),
                new GoldenEvent(PUBLIC + "ArrearsAdjusted", "1", "voided", arrearsAdjusted(null)),
                new GoldenEvent(
                        PUBLIC + "ArrearsAdjusted",
                        "1",
                        "replaced",
                        arrearsAdjusted(new UsageInArrears.Measure(new BigDecimal("0.5"), AT.minusSeconds(60)))),
                new GoldenEvent(PUBLIC + "UsageDrawnDown", "2", "by-total", drawnDownByTotal()),
                new GoldenEvent(PUBLIC + "UsageAdjusted", "1", "voided", voided()),
                new GoldenEvent(PUBLIC + "UsageAdjusted", "1", "replaced-by-more", replacedByMore()),
                new GoldenEvent(PUBLIC + "UsageAdjusted", "1", "cheaper", cheaper()),
                new GoldenEvent(PUBLIC + "ReplenishRequested", "1", "requested", requested(false)),
                new GoldenEvent(PUBLIC + "ReplenishRequested", "2", "manual", requested(true)),
                new GoldenEvent(PUBLIC + "ReplenishRequested", "3", "regular", requested(false, AT)),
                new GoldenEvent(
                        PUBLIC + "ReplenishActionRequired",
                        "1",
                        "confirmation",
                        new WalletEvent.ReplenishActionRequired(
                                header(16), REQUEST, "in_2", AT, AT.plusSeconds(86_400))),
                new GoldenEvent(PUBLIC + "ReplenishSettled", "1", "paid", settled(ReplenishmentOutcome.PAID)),
                new GoldenEvent(PUBLIC + "ReplenishSettled", "1", "failed", settled(ReplenishmentOutcome.FAILED)));
    }

    private static WalletEvent policyChanged(
            @Nullable BigDecimal target, @Nullable BigDecimal monthlyCap, Duration minimumGap, int disableAfter) {
        return policyChanged(target, monthlyCap, minimumGap, disableAfter, null);
    }

    private static WalletEvent policyChanged(
            @Nullable BigDecimal target,
            @Nullable BigDecimal monthlyCap,
            Duration minimumGap,
            int disableAfter,
            @Nullable Recurrence recurrence) {
        return new WalletEvent.ReplenishmentPolicyChanged(
                header(1),
                true,
                new BigDecimal("50.00"),
                new BigDecimal("200"),
                target,
                monthlyCap,
                minimumGap,
                disableAfter,
                recurrence);
    }

    private static WalletEvent heldBack(@Nullable Instant scheduledFor) {
        return new WalletEvent.ReplenishmentHeldBack(
                header(14), usd("200"), usd("900"), usd("1000.00"), AT.plusSeconds(60), scheduledFor);
    }

    private static WalletEvent requested(boolean manual) {
        return requested(manual, null);
    }

    private static WalletEvent requested(boolean manual, @Nullable Instant scheduledFor) {
        return new WalletEvent.ReplenishRequested(
                header(5), REQUEST, usd("200"), usd("50.00"), usd("49.999999999999"), manual, scheduledFor);
    }

    private static WalletEvent bought() {
        return bought(GrantKind.PAID, null, PURCHASE);
    }

    private static WalletEvent bought(GrantKind kind, @Nullable Rollover rollover, GrantCause cause) {
        return new WalletEvent.CreditGranted(
                header(2),
                GrantId.ofInvoiceLine("il_1"),
                usd("100.00"),
                usd("90.00"),
                kind,
                50,
                AT,
                rollover == null ? null : AT.plusSeconds(86_400),
                List.of(),
                rollover,
                usd("3.00015"),
                cause,
                usd("96.99985"));
    }

    private static WalletEvent rolledOver() {
        var into = new Grant(
                new GrantId("grt_il_1.rol7"),
                usd("48.499925"),
                GrantKind.PAID,
                50,
                AT.minusSeconds(1),
                AT.plusSeconds(86_400),
                List.of("mtr_1"),
                AT);
        return new WalletEvent.GrantRolledOver(
                header(7), GrantId.ofInvoiceLine("il_1"), into, usd("43.6499325"), usd("96.99985"));
    }

    private static WalletEvent clawedBack(List<Allocation> allocations, Money lost) {
        return new WalletEvent.CreditClawedBack(
                header(16),
                GrantId.ofInvoiceLine("il_1"),
                "du_1",
                "dispute",
                usd("100"),
                usd("90.00"),
                allocations,
                usd("25.5"),
                lost,
                AT.plusSeconds(5),
                usd("-25.5"));
    }

    private static WalletEvent givenBack(
            GrantId id, GrantKind kind, int priority, @Nullable Instant expiresAt, List<String> meterIds, Money lost) {
        var begin = AT.minusSeconds(60);
        return new WalletEvent.CreditGivenBack(
                header(17),
                new Grant(id, usd("100"), kind, priority, begin, expiresAt, meterIds, begin),
                "du_1",
                "dispute",
                usd("90.00"),
                usd("25.5"),
                lost,
                AT.plusSeconds(6),
                usd("74.5"));
    }

    private static WalletEvent given(List<String> meterIds) {
        return new WalletEvent.CreditGranted(
                header(3),
                new GrantId("grt_welcome"),
                usd("5"),
                usd("0"),
                GrantKind.PROMOTIONAL,
                0,
                AT,
                AT.plusSeconds(86_400),
                meterIds,
                null,
                usd("0"),
                new GrantCause.Given("welcome"),
                usd("101.99985"));
    }

    private static WalletEvent placed() {
        return new WalletEvent.HoldPlaced(
                header(11),
                HOLD,
                usd("7.5"),
                List.of(
                        new Allocation(new GrantId("grt_welcome"), usd("5")),
                        new Allocation(GrantId.ofInvoiceLine("il_1"), usd("1.5"))),
                usd("1"),
                "mtr_1",
                AT.plusSeconds(900),
                "render",
                usd("6.5"));
    }

    private static WalletEvent placedForAnything() {
        return new WalletEvent.HoldPlaced(
                header(11),
                HOLD,
                usd("5"),
                List.of(new Allocation(new GrantId("grt_welcome"), usd("5"))),
                usd("0"),
                null,
                AT.plusSeconds(900),
                null,
                usd("6.5"));
    }

    private static WalletEvent captured() {
        return new WalletEvent.HoldCaptured(
                header(12),
                HOLD,
                usd("7"),
                List.of(
                        new Allocation(new GrantId("grt_welcome"), usd("5")),
                        new Allocation(GrantId.ofInvoiceLine("il_1"), usd("1.5"))),
                usd("0.5"),
                "mtr_1",
                "rendered",
                usd("-0.5"));
    }

    private static WalletEvent drawnDown() {
        var lines = List.of(
                new UsageLine(
                        "/backend",
                        "u-1",
                        "mtr_1",
                        "price_1",
                        new BigDecimal("3"),
                        usd("0.00045"),
                        AT,
                        "0af7651916cd43dd8448eb211c80319c"),
                new UsageLine("/backend", "u-2", "mtr_1", "price_1", new BigDecimal("0.5"), usd("110"), AT, null));
        return new WalletEvent.UsageDrawnDown(
                header(4),
                usd("110.00045"),
                lines,
                List.of(
                        new Allocation(new GrantId("grt_welcome"), usd("5")),
                        new Allocation(GrantId.ofInvoiceLine("il_1"), usd("96.99985"))),
                usd("8.0006"),
                usd("-8.0006"),
                null);
    }

    private static WalletEvent drawnDownByTotal() {
        var line = new UsageLine(
                "/backend",
                "u-3",
                "mtr_2",
                "price_2",
                new BigDecimal("40"),
                usd("2.5"),
                AT,
                new BigDecimal("140"),
                null);
        return new WalletEvent.UsageDrawnDown(
                header(18),
                usd("2.5"),
                List.of(line),
                List.of(new Allocation(GrantId.ofInvoiceLine("il_1"), usd("2.5"))),
                usd("0"),
                usd("7.50"),
                new SourceRange(3, 1_000, 1_000));
    }

    private static WalletEvent voided() {
        var before = new UsageAdjustment.Measure("price_1", new BigDecimal("3"), AT, usd("10.00045"));
        return new WalletEvent.UsageAdjusted(
                header(19),
                new UsageAdjustment("/backend", "u-1", "mtr_1", before, null, null, correction(), null),
                usd("-10.00045"),
                List.of(lot("grt_welcome", "5", AT.plusSeconds(60)), lot("grt_il_1", "3", null)),
                List.of(lot("grt_il_2", "1.5", null)),
                List.of(),
                usd("-0.50045"),
                usd("17.50"));
    }

    private static WalletEvent replacedByMore() {
        var before = new UsageAdjustment.Measure("price_2", new BigDecimal("40"), AT, null);
        var after = new UsageAdjustment.Measure("price_2", new BigDecimal("41.0"), AT.minusSeconds(1), null);
        return new WalletEvent.UsageAdjusted(
                header(20),
                new UsageAdjustment(
                        "/backend",
                        "u-3",
                        "mtr_2",
                        before,
                        after,
                        new RunningTotal(new BigDecimal("141"), AT),
                        correction(),
                        null),
                usd("0.0625"),
                List.of(),
                List.of(),
                List.of(new Allocation(GrantId.ofInvoiceLine("il_1"), usd("0.06"))),
                usd("0.0025"),
                usd("-0.0025"));
    }

    private static WalletEvent cheaper() {
        var after = new UsageAdjustment.Measure("price_3", new BigDecimal("2"), AT, null);
        var total = new RunningTotal(new BigDecimal("2"), AT);
        return new WalletEvent.UsageAdjusted(
                header(21),
                new UsageAdjustment(
                        "/backend", "u-4", "mtr_3", null, after, total, null, new SourceRange(3, 1_001, 1_001)),
                usd("-4"),
                List.of(lot("grt_il_1", "4", null)),
                List.of(),
                List.of(),
                usd("0"),
                usd("4"));
    }

    private static UsageAdjustment.Correction correction() {
        return new UsageAdjustment.Correction("cor-1", "reported twice", "backend");
    }

    private static Grant lot(String id, String amount, @Nullable Instant expiresAt) {
        return new Grant(new GrantId(id), usd(amount), GrantKind.PROMOTIONAL, 10, AT, expiresAt, List.of("mtr_1"), AT);
    }

    private static WalletId tokensWallet() {
        return WalletId.of(new AccountId("acme"), "tokens");
    }

    private static WalletEvent left(@Nullable SourceRange position) {
        var lines = List.of(
                new LeftUsage(
                        "/backend", "u-3", "mtr_1", new BigDecimal("3.25"), AT, "0af7651916cd43dd8448eb211c80319c"),
                new LeftUsage("/backend", "u-4", "mtr_2", new BigDecimal("1"), AT, null));
        return new WalletEvent.UsageLeftToArrears(header(19), Settlement.ARREARS, lines, position);
    }

    private static WalletEvent arrearsAdjusted(UsageInArrears.@Nullable Measure after) {
        var before = new UsageInArrears.Measure(new BigDecimal("3.25"), AT);
        var correction = new UsageAdjustment.Correction("cor-1", "reported in the wrong unit", "billing");
        return new WalletEvent.ArrearsAdjusted(
                header(20),
                new ArrearsAdjustment(
                        "/backend", "u-4", "mtr_2", before, new UsageInArrears.Place(19, 1), after, correction));
    }

    private static WalletEvent settled(ReplenishmentOutcome outcome) {
        return switch (outcome) {
            case PAID -> new WalletEvent.ReplenishSettled(header(6), REQUEST, outcome, "in_2", null, null, null);
            case FAILED ->
                new WalletEvent.ReplenishSettled(
                        header(6), REQUEST, outcome, null, "declined", "The card was declined.", AT.plusSeconds(3_600));
        };
    }

    private static EventHeader header(long sequence) {
        var account = new AccountId("acme");
        return new EventHeader(WalletId.of(account), account, sequence, AT);
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    /** Hexadecimal, so that a difference can be read in a review. */
    byte[] bytes() throws IOException {
        return HexFormat.of().parseHex(Files.readString(file()).strip());
    }

    Path file() {
        var simpleName = typeName.substring(PUBLIC.length());
        return Path.of("src/test/resources/golden-events", simpleName, revision, name + ".hex");
    }

    @Override
    public String toString() {
        return file().toString();
    }
}
