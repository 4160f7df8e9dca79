package io.drawdown.sandbox.seed;

import io.drawdown.sandbox.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Calls one after another, later ones with what earlier ones answered. */
public final class Script {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|([A-Za-z_]\\w*)((?:\\.\\w+)*))");

    private final List<Line> lines;

    private Script(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Reads all lines before anything is called.
     *
     * @throws IllegalArgumentException naming the line that cannot be understood
     */
    public static Script parse(List<String> text) {
        return new Script(IntStream.range(0, text.size())
                .mapToObj(i -> Line.parse(i + 1, text.get(i)))
                .filter(Objects::nonNull)
                .toList());
    }

    public int size() {
        return lines.size();
    }

    /**
     * Makes every call.
     *
     * @return what the last one answered
     * @throws IllegalStateException naming the first line that did not give what it must; those before it are done
     */
    public JsonNode run(Api api) {
        var answers = new HashMap<String, JsonNode>();
        JsonNode last = Json.object();
        for (Line line : lines) {
            last = run(api, line, answers);
            if (line.name() != null) {
                answers.put(line.name(), last);
            }
        }
        return last;
    }

    private static JsonNode run(Api api, Line line, Map<String, JsonNode> answers) {
        var params = line.params().stream()
                .map(param -> new Api.Param(param.name(), resolve(param.value(), line, answers)))
                .toList();
        var path = resolve(line.path(), line, answers);
        var answer = api.call(line.method(), path, params);
        if (line.expected() == 0 ? !answer.isGood() : answer.status() != line.expected()) {
            throw new IllegalStateException("Line " + line.number() + ": " + line.method() + " " + path + " gave "
                    + answer.status() + ". " + answer.message());
        }
        return TestClock.isAdvancing(answer.body()) ? TestClock.awaitReady(api, answer.body()) : answer.body();
    }

    private static String resolve(String text, Line line, Map<String, JsonNode> answers) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, line, answers)));
    }

    private static String value(MatchResult reference, Line line, Map<String, JsonNode> answers) {
        if (reference.group(1).equals("$")) {
            return "$";
        }
        var answer = answers.get(reference.group(2));
        var field = reference.group(3).isEmpty() ? "id" : reference.group(3).substring(1);
        var value = answer == null ? null : Json.string(answer, field);
        if (value == null) {
            throw new IllegalStateException("Line " + line.number() + ": no earlier line gave " + reference.group());
        }
        return value;
    }
}
