package io.drawdown.sandbox.page;

import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text that is HTML already.
 *
 * @param text escaped where it came from outside
 */
record Html(String text) {

    static final Html NOTHING = new Html("");

    /** A template whose {@code {}} are replaced by the values in turn, each escaped unless it is HTML itself. */
    static Html of(String template, @Nullable Object... values) {
        var html = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException("More values than places in " + template);
            }
            html.append(template, from, place).append(render(value));
            from = place + 2;
        }
        return new Html(html.append(template, from, template.length()).toString());
    }

    private static String render(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Html html -> html.text();
            default -> escape(value.toString());
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** One after another. */
    static Collector<Html, ?, Html> joining() {
        return Collectors.collectingAndThen(Collectors.mapping(Html::text, Collectors.joining("\n")), Html::new);
    }
}
