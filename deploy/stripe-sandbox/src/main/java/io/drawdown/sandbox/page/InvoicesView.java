package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Invoices, and one of them with what can be done to it. */
final class InvoicesView implements View {

    private static final List<String> STATES = List.of("", "draft", "open", "paid", "uncollectible", "void");

    @Override
    public Html show(Visit visit) {
        return visit.path().isEmpty() ? all(visit) : one(visit);
    }

    private static Html all(Visit visit) {
        var chosen = visit.param("status");
        var states = STATES.stream()
                .map(state -> Html.of(
                        "<a href=\"/invoices?status={}\"{}>{}</a>",
                        state,
                        state.equals(chosen) ? new Html(" aria-current=\"true\"") : Html.NOTHING,
                        state.isEmpty() ? "all" : state))
                .collect(Html.joining());
        return Html.of("<h1>Invoices</h1><nav class=\"filter\">{}</nav>{}", states, table(visit, "status", chosen));
    }

    /** The last hundred of those that match. */
    static Html table(Visit visit, String filter, String value) {
        var rows = visit.list("/v1/invoices", "limit", "100", filter, value).stream()
                .map(InvoicesView::row);
        return Layout.table(List.of("Number", "Status", " Total", " Remaining", "Customer", "Reason", "Created"), rows);
    }

    private static Html row(JsonNode invoice) {
        var number = Show.text(invoice, "number");
        return Html.of(
                """
                <tr><td><a href="/invoices/{}">{}</a></td><td>{}</td><td class="figure">{}</td><td class="figure">{}</td>
                <td>{}</td><td>{}</td><td>{}</td></tr>""",
                Show.text(invoice, "id"),
                number.isEmpty() ? "(no number yet)" : number,
                Show.state(invoice),
                Show.amount(invoice, "total"),
                Show.amount(invoice, "amount_remaining"),
                Show.link("customers", Show.text(invoice, "customer")),
                Show.text(invoice, "billing_reason").replace('_', ' '),
                Show.time(invoice, "created"));
    }

    private static Html one(Visit visit) {
        var invoice = visit.get("/v1/invoices/" + visit.path());
        var id = Show.text(invoice, "id");
        return Html.of(
                "<h1>Invoice {} {} <small class=\"id\">{}</small></h1><div class=\"do\">{}</div>{}{}{}{}",
                Show.text(invoice, "number"),
                Show.state(invoice),
                id,
                actions(invoice),
                facts(invoice),
                Layout.section("Lines", lines(invoice)),
                Layout.section("Payments", payments(visit, id)),
                Layout.section("Object", Show.json(invoice)));
    }

    private static Html actions(JsonNode invoice) {
        var id = Show.text(invoice, "id");
        var path = "/v1/invoices/" + id;
        var back = "/invoices/" + id;
        var actions = new ArrayList<Html>();
        if (Show.text(invoice, "status").equals("draft")) {
            actions.add(Actions.button("Finalize", back, "Finalized.", List.of("POST " + path + "/finalize")));
            if (Json.at(invoice, "parent.subscription_details") == null) { // The API deletes no subscription's draft.
                actions.add(Actions.button("Delete", "/invoices", "Deleted.", List.of("DELETE " + path)));
            }
        }
        if (List.of("open", "uncollectible").contains(Show.text(invoice, "status"))) {
            actions.add(Actions.button("Pay", back, "Paid.", List.of("POST " + path + "/pay")));
            actions.add(declining(invoice, path, back));
            actions.add(Actions.button(
                    "Paid elsewhere",
                    back,
                    "Marked as paid out of band.",
                    List.of("POST " + path + "/pay paid_out_of_band=true")));
            actions.add(Actions.button("Void", back, "Voided.", List.of("POST " + path + "/void")));
        }
        if (Show.text(invoice, "status").equals("open")) {
            actions.add(Actions.button(
                    "Give up", back, "Marked as uncollectible.", List.of("POST " + path + "/mark_uncollectible")));
        }
        return actions.stream().collect(Html.joining());
    }

    private static Html declining(JsonNode invoice, String path, String back) {
        return Actions.button(
                "Fail a payment",
                back,
                "The card was declined, as it should be.",
                List.of(
                        "card = POST /v1/payment_methods/pm_card_chargeCustomerFail/attach customer="
                                + Show.text(invoice, "customer"),
                        "POST " + path + "/pay payment_method=$card -> 402"));
    }

    private static Html facts(JsonNode invoice) {
        return Layout.facts(
                "Customer",
                Show.link("customers", Show.text(invoice, "customer")),
                "Total",
                Show.amount(invoice, "total"),
                "Paid",
                Show.amount(invoice, "amount_paid"),
                "Remaining",
                Show.amount(invoice, "amount_remaining"),
                "Attempts",
                Json.number(invoice, "attempt_count", 0),
                "Next attempt",
                Show.time(invoice, "next_payment_attempt"),
                "Due",
                Show.time(invoice, "due_date"),
                "Created",
                Show.time(invoice, "created"));
    }

    private static Html lines(JsonNode invoice) {
        var rows = Json.list(invoice, "lines.data")
                .valueStream()
                .map(line -> Html.of(
                        "<tr><td>{}</td><td>{} – {}</td><td class=\"figure\">{}</td><td class=\"figure\">{}</td></tr>",
                        Show.text(line, "description"),
                        Show.time(line, "period.start"),
                        Show.time(line, "period.end"),
                        Show.text(line, "quantity"),
                        Show.amount(line, "amount")));
        return Layout.table(List.of("Description", "Period", " Quantity", " Amount"), rows);
    }

    private static Html payments(Visit visit, String invoice) {
        var rows = visit
                .list(
                        "/v1/invoice_payments",
                        "invoice",
                        invoice,
                        "expand[]",
                        "data.payment.payment_intent.latest_charge")
                .stream()
                .map(InvoicesView::payment);
        return Layout.table(List.of("Status", " Requested", " Paid", "Payment", "Outcome", "Created"), rows);
    }

    private static Html payment(JsonNode payment) {
        var outcome = List.of(
                        Show.text(payment, "payment.payment_intent.status").replace('_', ' '),
                        Show.text(payment, "payment.payment_intent.last_payment_error.message"))
                .stream()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(": "));
        return Html.of(
                """
                <tr><td>{}</td><td class="figure">{}</td><td class="figure">{}</td><td class="id">{}</td><td>{}</td>
                <td>{}</td></tr>""",
                Show.state(payment),
                Show.amount(payment, "amount_requested"),
                Show.amount(payment, "amount_paid"),
                Show.text(payment, "payment.payment_intent.id"),
                outcome,
                Show.time(payment, "created"));
    }
}
