package io.drawdown.sandbox.browser;

import io.drawdown.sandbox.http.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers for browsers. */
final class Html {

    private Html() {}

    /** A page with a title and a body of HTML. */
    static Outgoing page(int status, String title, String body) {
        var text = """
                <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>body{font:16px system-ui;max-width:32rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem;margin-right:.5rem}</style>
                <h1>%1$s</h1>
                %2$s
                """.formatted(escape(title), body);
        return new Outgoing(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A form with hidden values and two buttons that send {@code answer=yes} or {@code answer=no}. */
    static String choice(String action, Map<String, String> hidden, String yes, String no) {
        var form = new StringBuilder("<form method=\"post\" action=\"" + escape(action) + "\">");
        hidden.forEach((name, value) -> form.append("<input type=\"hidden\" name=\"")
                .append(escape(name))
                .append("\" value=\"")
                .append(escape(value))
                .append("\">"));
        return form.append("<button name=\"answer\" value=\"yes\">" + escape(yes) + "</button>")
                .append("<button name=\"answer\" value=\"no\">" + escape(no) + "</button></form>")
                .toString();
    }

    static Outgoing redirect(String url) {
        return new Outgoing(303, Map.of("Location", url), new byte[0]);
    }

    /** Text that cannot become markup. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
