package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.InvoiceSnapshot.Line;
import io.drawdown.billing.domain.ReversalSnapshot.Share;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReversedLinesTest {

    @Test
    void takesBackEveryLineOfAnInvoiceThatIsRefundedInFull() {
        var invoice = invoice("53.90", line("il_1", "45.00"), line("il_2", "4.00"));

        assertThat(ReversedLines.of(refund("53.90", ReversalState.TAKEN), invoice))
                .containsExactly(share("il_1", "45.00"), share("il_2", "4.00"));
    }

    @Test
    void takesBackInProportionAndLeavesTheTaxOut() {
        var invoice = invoice("55.00", line("il_1", "40.00"), line("il_2", "10.00"));

        assertThat(ReversedLines.of(refund("11.00", ReversalState.WITHHELD), invoice))
                .containsExactly(share("il_1", "8.00"), share("il_2", "2.00"));
    }

    @Test
    void takesNothingBackWhenTheMoneyHasReturned() {
        var invoice = invoice("45.00", line("il_1", "45.00"));

        assertThat(ReversedLines.of(refund("45.00", ReversalState.RETURNED), invoice))
                .containsExactly(share("il_1", "0.00"));
        assertThat(ReversedLines.of(refund("45.00", ReversalState.OPEN), invoice))
                .containsExactly(share("il_1", "0.00"));
    }

    @Test
    void goesByWhatStripeSaysOfTheLines() {
        var invoice = invoice("49.00", line("il_1", "45.00"), line("il_2", "4.00"));
        var note = reversal("4.00", ReversalState.TAKEN, List.of(share("il_2", "4.00")));

        assertThat(ReversedLines.of(note, invoice)).containsExactly(share("il_1", "0.00"), share("il_2", "4.00"));
    }

    @Test
    void saysNothingOfLinesInAnotherCurrency() {
        var invoice = invoice("45.00", line("il_1", "45.00"));
        var foreign = new ReversalSnapshot(
                "du_1",
                ObjectKind.DISPUTE,
                ReversalState.WITHHELD,
                "needs_response",
                null,
                "pi_1",
                "in_1",
                new Money(new BigDecimal("41.00"), "EUR"),
                List.of(),
                Instant.EPOCH);

        assertThat(ReversedLines.of(foreign, invoice)).isEmpty();
    }

    private static ReversalSnapshot refund(String amount, ReversalState state) {
        return reversal(amount, state, List.of());
    }

    private static ReversalSnapshot reversal(String amount, ReversalState state, List<Share> shares) {
        return new ReversalSnapshot(
                "re_1", ObjectKind.REFUND, state, "any", null, "pi_1", "in_1", usd(amount), shares, Instant.EPOCH);
    }

    private static InvoiceSnapshot invoice(String total, Line... lines) {
        return new InvoiceSnapshot(
                "in_1",
                null,
                "cus_1",
                null,
                null,
                null,
                InvoiceStatus.PAID,
                usd(total),
                usd(total),
                usd(total),
                usd("0.00"),
                List.of(lines),
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Line line(String id, String amount) {
        return new Line(id, null, null, null, null, usd(amount), usd(amount));
    }

    private static Share share(String line, String amount) {
        return new Share(line, usd(amount));
    }

    private static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }
}
