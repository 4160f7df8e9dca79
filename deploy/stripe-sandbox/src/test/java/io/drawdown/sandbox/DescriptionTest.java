package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.sandbox.api.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** With {@code -Dstripe.description.write=FILE} the description is written anew instead of compared. */
class DescriptionTest {

    @Test
    void isWhatTheContractSays() throws IOException {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        var derived = DescriptionSource.derive(SharedContract.read("spec3.json"));
        var target = System.getProperty("stripe.description.write");
        if (target != null) {
            Files.writeString(Path.of(target), DescriptionSource.print(derived));
        }
        try (var shipped = ApiDescription.class.getResourceAsStream("description.json")) {
            assertThat(JsonMapper.shared().readTree(shipped).equals(derived))
                    .as(
                            "description.json differs from the contract: run this test with -Dstripe.description.write=FILE")
                    .isTrue();
        }
    }

    @Test
    void describesEveryOperationThatIsCovered() {
        var api = ApiDescription.load();
        var covered = new Wiring(api, SandboxSettings.DEFAULT, () -> "http://127.0.0.1")
                .routes()
                .covered();
        assertThat(covered)
                .hasSizeGreaterThan(50)
                .allSatisfy(operation -> assertThat(api.operations()).containsKey(operation));
    }

    @Test
    void emitsOnlyEventTypesThatStripeKnows() throws IOException {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        var known = SharedContract.read("event-types.json").path("snapshot_events");
        for (String type : java.util.List.of(
                "billing.credit_balance_transaction.created",
                "billing.credit_grant.created",
                "billing.credit_grant.updated",
                "billing.meter.created",
                "billing.meter.updated",
                "billing.meter.deactivated",
                "billing.meter.reactivated",
                "charge.captured",
                "charge.dispute.closed",
                "charge.dispute.created",
                "charge.dispute.funds_reinstated",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.updated",
                "charge.expired",
                "charge.failed",
                "charge.pending",
                "charge.refunded",
                "charge.succeeded",
                "charge.updated",
                "coupon.created",
                "coupon.deleted",
                "coupon.updated",
                "credit_note.created",
                "credit_note.updated",
                "credit_note.voided",
                "customer.created",
                "customer.subscription.created",
                "customer.subscription.deleted",
                "customer.subscription.paused",
                "customer.subscription.pending_update_applied",
                "customer.subscription.pending_update_expired",
                "customer.subscription.resumed",
                "customer.subscription.trial_will_end",
                "customer.subscription.updated",
                "customer.deleted",
                "customer.discount.created",
                "customer.discount.deleted",
                "customer.tax_id.created",
                "customer.tax_id.deleted",
                "customer.updated",
                "invoice.created",
                "invoice.deleted",
                "invoice.finalization_failed",
                "invoice.finalized",
                "invoice.marked_uncollectible",
                "invoice.overdue",
                "invoice.overpaid",
                "invoice.paid",
                "invoice.payment_action_required",
                "invoice.payment_failed",
                "invoice.payment_succeeded",
                "invoice.sent",
                "invoice.upcoming",
                "invoice.updated",
                "invoice.voided",
                "invoice_payment.paid",
                "invoiceitem.created",
                "invoiceitem.deleted",
                "payment_intent.amount_capturable_updated",
                "payment_intent.canceled",
                "payment_intent.created",
                "payment_intent.payment_failed",
                "payment_intent.processing",
                "payment_intent.requires_action",
                "payment_intent.succeeded",
                "payment_method.attached",
                "payment_method.detached",
                "payment_method.updated",
                "price.created",
                "price.updated",
                "promotion_code.created",
                "promotion_code.updated",
                "tax.settings.updated",
                "tax_rate.created",
                "tax_rate.updated",
                "product.created",
                "product.deleted",
                "product.updated",
                "refund.created",
                "refund.failed",
                "refund.updated",
                "setup_intent.canceled",
                "setup_intent.created",
                "setup_intent.requires_action",
                "setup_intent.setup_failed",
                "setup_intent.succeeded")) {
            assertThat(known.has(type)).as(type).isTrue();
        }
    }
}
