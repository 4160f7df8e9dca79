package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.give;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A great deal that ends at once is decided in one go: the wallet after each event must not be kept, or they would not fit. */
class EndingTogetherTest {

    private static final int MANY = 1_000;
    private static final Rollover HALF = new Rollover(new Rollover.Share(new BigDecimal("0.5")), new Validity(1, 0));

    @Test
    void holdsThatEndAtOneInstantAreReleasedOnceEachAndOldestFirst() {
        var wallet = holding(MANY, _ -> MONTH_END);
        assertThat(wallet.holds().total()).isEqualTo(usd(MANY + ""));

        var decision = Decisions.decide(wallet, new SettleDue(WALLET, MONTH_END));

        assertThat(decision.events())
                .extracting(event -> ((HoldReleased) event).holdId())
                .containsExactlyElementsOf(wallet.holds().open().keySet());
        assertThat(decision.events()).allSatisfy(event -> {
            assertThat(event.header().recordedAt()).isEqualTo(MONTH_END);
            assertThat(((HoldReleased) event).settledAfter()).isEqualTo(usd("100000"));
        });
        assertThat(decision.after().holds()).isEqualTo(Holds.none(usd("0")));
        assertThat(decision.after().availableAt(MONTH_END)).isEqualTo(usd("100000"));
        assertThat(decision.after().nextDueAt()).isNull();
    }

    @Test
    void holdsThatEndedOneAfterTheOtherMeanwhileAreReleasedInThatOrder() {
        int some = 1_000;
        var wallet = holding(some, i -> MONTH_END.minusSeconds(i));

        var decision = wallet.dueBy(MONTH_END);

        assertThat(decision.events())
                .extracting(event -> ((HoldReleased) event).holdId().value())
                .containsExactlyElementsOf(IntStream.range(0, some)
                        .mapToObj(i -> "h" + (some - 1 - i))
                        .toList());
        assertThat(decision.after().holds().open()).isEmpty();
    }

    @Test
    void creditThatExpiresAtOneInstantIsLostGrantByGrant() {
        var decision = Decisions.decide(giving(MANY, null), new SettleDue(WALLET, MONTH_END));

        assertThat(decision.events()).hasSize(MANY).allMatch(GrantExpired.class::isInstance);
        assertThat(decision.after().grants()).isEmpty();
        assertThat(decision.after().settled()).isEqualTo(usd("0"));
        assertThat(decision.after().ends().lost()).hasSize(MANY);
        assertThat(decision.after().ends().lostOf(new GrantId("g7"), usd("0"))).isEqualTo(usd("1"));
    }

    @Test
    void creditThatExpiresAtOneInstantRollsOverGrantByGrant() {
        int some = 1_000;
        var decision = Decisions.decide(giving(some, HALF), new SettleDue(WALLET, MONTH_END));

        assertThat(decision.events())
                .hasSize(2 * some)
                .filteredOn(GrantRolledOver.class::isInstance)
                .hasSize(some);
        assertThat(decision.after().settled()).isEqualTo(usd("500"));
        assertThat(decision.after().ends().rollovers())
                .hasSize(some)
                .allSatisfy((_, rolling) -> assertThat(rolling.rolledOver()).isEqualTo(usd("0.5")));
    }

    @Test
    void creditIsForfeitedGrantByGrant() {
        var decision =
                Decisions.decide(giving(MANY, null), new ChangeStatus(WALLET, WalletStatus.CLOSED, true, "over", NOW));

        assertThat(decision.events().subList(0, MANY)).allMatch(GrantForfeited.class::isInstance);
        assertThat(decision.after().ends().lost()).hasSize(MANY);
    }

    @Test
    void eachEventComesWithTheWalletAfterIt() {
        var wallet = holding(3, _ -> MONTH_END);
        assertThat(wallet.dueBy(MONTH_END))
                .extracting(step -> step.after().holds().open().size())
                .containsExactly(2, 1, 0);
    }

    @Test
    void refusesMoreHoldsThanThereMayBeAndKnowsThoseItHas() {
        var full = holding(Holds.MOST, _ -> MONTH_END);
        assertThatExceptionOfType(WalletRejection.TooManyHolds.class)
                .isThrownBy(() -> Decisions.decide(full, place("one-more")))
                .withMessageContaining("5000 is the most");
        assertThat(Decisions.decide(full, place("h1")).events()).isEmpty();

        var oneLess = holding(Holds.MOST - 1, _ -> MONTH_END);
        assertThat(Decisions.decide(oneLess, place("one-more")).events()).hasSize(1);
    }

    @Test
    void givesNoMoreThanOneEventCanNameAndKnowsWhatItHas() {
        var full = giving(5_000, null);
        refusesToGive(full, give("one-more", "1", null, null));
        assertThat(Decisions.decide(full, give("g1", "1", null, null)).events()).isEmpty();

        var held = Decisions.decide(
                        full, new PlaceHold(WALLET, new HoldId("all"), usd("5000"), null, MONTH_END, null, NOW))
                .after();
        refusesToGive(held, give("one-more", "1", null, null));

        var oneLess = giving(4_999, null);
        assertThat(Decisions.decide(oneLess, give("one-more", "1", null, null)).events())
                .hasSize(1);
        refusesToGive(oneLess, give("one-more", "1", null, null, "mtr_a"));
    }

    private static void refusesToGive(WalletState wallet, GiveCredit one) {
        assertThatExceptionOfType(WalletRejection.TooManyGrants.class)
                .isThrownBy(() -> Decisions.decide(wallet, one))
                .withMessageContaining("void some");
    }

    private static PlaceHold place(String id) {
        return new PlaceHold(WALLET, new HoldId(id), usd("1"), null, MONTH_END, null, NOW);
    }

    /** Also with more holds than may be placed today. */
    private static WalletState holding(int count, IntFunction<Instant> end) {
        var wallet = fold(fold(null, opened()), paid(1, "a", "100000", "100000"));
        for (int i = 0; i < count; i++) {
            wallet = fold(
                    wallet,
                    new HoldPlaced(
                            header(wallet.version()),
                            new HoldId("h" + i),
                            usd("1"),
                            List.of(allocation("grt_a", "1")),
                            usd("0"),
                            null,
                            end.apply(i),
                            null,
                            usd("100000")));
        }
        return wallet;
    }

    private static WalletState giving(int count, @Nullable Rollover rollover) {
        var wallet = fold(null, opened());
        for (int i = 0; i < count; i++) {
            wallet = fold(wallet, gift(wallet.version(), "g" + i, rollover));
        }
        return wallet;
    }

    private static CreditGranted gift(long sequence, String id, @Nullable Rollover rollover) {
        var plain = given(sequence, id, "1", 50, MONTH_END, sequence + "");
        return new CreditGranted(
                plain.header(),
                plain.grantId(),
                plain.amount(),
                plain.costBasis(),
                plain.kind(),
                plain.priority(),
                plain.effectiveAt(),
                plain.expiresAt(),
                plain.meterIds(),
                rollover,
                plain.overdraftRepaid(),
                plain.cause(),
                plain.settledAfter());
    }

    private static WalletState fold(@Nullable WalletState wallet, WalletEvent event) {
        return WalletState.evolve(wallet, event);
    }
}
