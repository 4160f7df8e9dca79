package io.drawdown.sandbox.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all pages have in common. */
final class Layout {

    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("", "Customers");
        PLACES.put("invoices", "Invoices");
        PLACES.put("subscriptions", "Subscriptions");
        PLACES.put("events", "Events");
        PLACES.put("webhooks", "Webhooks");
        PLACES.put("clocks", "Test clocks");
        PLACES.put("troubles", "Troubles");
    }

    private Layout() {}

    static Html page(String place, Actions.@Nullable Notice notice, Html content) {
        var links = PLACES.entrySet().stream()
                .map(link -> Html.of(
                        "<a href=\"/{}\"{}>{}</a>",
                        link.getKey(),
                        isAt(link.getKey(), place) ? new Html(" aria-current=\"page\"") : Html.NOTHING,
                        link.getValue()))
                .collect(Html.joining());
        return Html.of(
                """
                <!doctype html><html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{} · Stripe sandbox</title><link rel="stylesheet" href="/style.css"></head>
                <body><header><b>Stripe sandbox</b><nav>{}</nav><small>Times are UTC</small></header><main>{}{}</main></body></html>""",
                PLACES.getOrDefault(place, "Customer"),
                links,
                notice == null ? Html.NOTHING : notice(notice),
                content);
    }

    private static boolean isAt(String link, String place) {
        return link.equals(place) || (link.isEmpty() && place.equals("customers"));
    }

    private static Html notice(Actions.Notice notice) {
        return Html.of("<p class=\"notice {}\" role=\"status\">{}</p>", notice.good() ? "good" : "bad", notice.text());
    }

    /** A table; a line that says so when it is empty. */
    static Html table(List<String> heads, Stream<Html> rows) {
        var body = rows.toList();
        if (body.isEmpty()) {
            return Html.of("<p class=\"none\">{}</p>", "Nothing here.");
        }
        return Html.of(
                "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
                heads.stream().map(Layout::head).collect(Html.joining()),
                body.stream().collect(Html.joining()));
    }

    /** Figures stand on the right: their head begins with a space. */
    private static Html head(String head) {
        return head.startsWith(" ")
                ? Html.of("<th class=\"figure\">{}</th>", head.strip())
                : Html.of("<th>{}</th>", head);
    }

    /** Names and what they are; those that are empty are left out. */
    static Html facts(Object... namesAndValues) {
        var facts = new StringBuilder("<dl>");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1].equals(Html.NOTHING) || namesAndValues[i + 1].equals("")) {
                continue;
            }
            facts.append(Html.of("<div><dt>{}</dt><dd>{}</dd></div>", namesAndValues[i], namesAndValues[i + 1])
                    .text());
        }
        return new Html(facts.append("</dl>").toString());
    }

    /** A section with a title and what can be done in it. */
    static Html section(String title, Html content) {
        return Html.of("<section><h2>{}</h2>{}</section>", title, content);
    }
}
