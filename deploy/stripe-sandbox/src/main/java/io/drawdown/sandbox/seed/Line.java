package io.drawdown.sandbox.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a seed.
 *
 * @param number in the file, from 1
 * @param name that later lines refer to its answer by
 * @param params values may contain references
 * @param expected status that it must give; 0 for any success
 */
record Line(int number, @Nullable String name, String method, String path, List<Api.Param> params, int expected) {

    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");

    /**
     * Reads a line.
     *
     * @return null when the line holds no call
     * @throws IllegalArgumentException when it is none that can be understood
     */
    static @Nullable Line parse(int number, String text) {
        try {
            var words = new ArrayList<>(Words.of(text));
            return words.isEmpty() ? null : parse(number, words);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Line " + number + ": " + e.getMessage(), e);
        }
    }

    private static Line parse(int number, List<String> words) {
        int expected = expected(words);
        var name = words.size() > 2 && words.get(1).equals("=") ? words.getFirst() : null;
        var call = name == null ? words : words.subList(2, words.size());
        if (call.size() < 2
                || !METHODS.contains(call.getFirst())
                || !call.get(1).startsWith("/")) {
            throw new IllegalArgumentException(
                    "expected [name =] GET|POST|DELETE /path [parameter=value …] [-> status], not " + words);
        }
        var params = call.subList(2, call.size()).stream().map(Line::param).toList();
        return new Line(number, name, call.getFirst(), call.get(1), params, expected);
    }

    /** Takes the arrow and its status off the words. */
    private static int expected(List<String> words) {
        int arrow = words.size() - 2;
        if (arrow < 0 || !words.get(arrow).equals("->")) {
            return 0;
        }
        int status = Integer.parseInt(words.removeLast());
        words.removeLast();
        return status;
    }

    private static Api.Param param(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected parameter=value, not " + word);
        }
        return new Api.Param(word.substring(0, equals), word.substring(equals + 1));
    }
}
