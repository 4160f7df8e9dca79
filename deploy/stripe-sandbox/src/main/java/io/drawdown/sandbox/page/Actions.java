package io.drawdown.sandbox.page;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.seed.Api;
import io.drawdown.sandbox.seed.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What buttons do: a form carries the calls in a seed's notation, its other fields fill the places named in braces. What
 * came of it is shown once, on the page that is gone back to.
 */
final class Actions {

    /**
     * What is said after an action.
     *
     * @param good whether it did what it should
     */
    record Notice(boolean good, String text) {}

    private static final int MAX_NOTICES = 100;
    /** A button has no lines that a person could count. */
    private static final Pattern LINE = Pattern.compile("^Line \\d+: ");

    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final Pattern LOCAL = Pattern.compile("/[^/\\\\\\s][^\\\\\\s]*|/");

    private final Api api;
    private final Map<String, Notice> notices = new LinkedHashMap<>();

    Actions(Api api) {
        this.api = api;
    }

    /** Makes the form's calls; returns where to go then. */
    String perform(Map<String, String> form) {
        var id = Ids.text(12);
        keep(id, run(form));
        var back = form.getOrDefault("back", "/");
        var path = LOCAL.matcher(back).matches() ? back : "/";
        return path + (path.contains("?") ? "&" : "?") + "notice=" + id;
    }

    private Notice run(Map<String, String> form) {
        try {
            var calls = FIELD.matcher(form.getOrDefault("calls", ""))
                    .replaceAll(field -> Matcher.quoteReplacement(quoted(form.getOrDefault(field.group(1), ""))));
            Script.parse(calls.lines().toList()).run(api);
            return new Notice(true, form.getOrDefault("done", "Done."));
        } catch (IllegalArgumentException | IllegalStateException failure) {
            return new Notice(
                    false, LINE.matcher(String.valueOf(failure.getMessage())).replaceFirst(""));
        }
    }

    /** So that a field's text stays one word and refers to nothing. */
    private static String quoted(String text) {
        var plain = text.replaceAll("[\\r\\n\"]", " ").replace("$", "$$").strip();
        return '"' + plain + '"';
    }

    private synchronized void keep(String id, Notice notice) {
        notices.put(id, notice);
        if (notices.size() > MAX_NOTICES) {
            notices.remove(notices.keySet().iterator().next());
        }
    }

    /** The notice of that id, once. */
    synchronized @Nullable Notice take(String id) {
        return notices.remove(id);
    }

    /** A button. */
    static Html button(String label, String back, String done, List<String> calls) {
        return form(label, back, done, calls, Html.NOTHING);
    }

    /** A button with fields before it. */
    static Html form(String label, String back, String done, List<String> calls, Html fields) {
        var script = String.join("\n", calls);
        return Html.of("""
                <form method="post" action="/" title="{}">
                <input type="hidden" name="calls" value="{}"><input type="hidden" name="back" value="{}">
                <input type="hidden" name="done" value="{}">{}<button>{}</button></form>""", script, script, back, done, fields, label);
    }
}
