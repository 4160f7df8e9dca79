package io.drawdown.sandbox.search;

import io.drawdown.sandbox.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A parsed query: clauses joined by AND or by OR, never both; {@code field:"exact"}, {@code field~"part"},
 * {@code amount>1000}, {@code metadata["key"]:"value"}, {@code -} before a clause negates it, {@code null} asks for no value.
 */
final class Query implements Predicate<ObjectNode> {

    private static final int MAX_CLAUSES = 10;
    private static final int MIN_PART = 3;
    private static final Set<String> NUMERIC =
            Set.of("amount", "canceled_at", "created", "total", "exp_month", "exp_year");
    private static final Pattern CLAUSE = Pattern.compile("\\s*(-)?(?:metadata\\[(?:\"([^\"]+)\"|'([^']+)')]|([\\w.]+))"
            + "\\s*(:|~|>=|<=|>|<)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|(-?[\\w.]+))");
    private static final Pattern JOIN = Pattern.compile("\\s+(?:(AND|OR)\\s+)?", Pattern.CASE_INSENSITIVE);

    private final List<Clause> clauses = new ArrayList<>();
    private boolean any;

    private Query() {}

    /**
     * Parses a query.
     *
     * @param fields those that can be asked for; metadata always can
     * @throws ApiException when it is none
     */
    static Query parse(String text, Set<String> fields) {
        var query = new Query();
        var matcher = CLAUSE.matcher(text);
        int at = 0;
        while (true) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw invalid("We were unable to parse your search query: " + text);
            }
            query.clauses.add(clause(matcher, fields));
            at = matcher.end();
            if (text.substring(at).isBlank()) {
                return query.checked();
            }
            at = query.join(text, at);
        }
    }

    private int join(String text, int at) {
        var matcher = JOIN.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw invalid("We were unable to parse your search query: " + text);
        }
        boolean or = "OR".equalsIgnoreCase(matcher.group(1));
        if (clauses.size() > 1 && or != any) {
            throw invalid("AND and OR cannot be combined in one search query.");
        }
        any = or;
        return matcher.end();
    }

    private Query checked() {
        if (clauses.size() > MAX_CLAUSES) {
            throw invalid("A search query has at most " + MAX_CLAUSES + " clauses.");
        }
        return this;
    }

    private static Clause clause(Matcher matcher, Set<String> fields) {
        var key = first(matcher.group(2), matcher.group(3));
        var field = key == null ? matcher.group(4) : key;
        var quoted = first(matcher.group(6), matcher.group(7));
        var value = quoted == null ? matcher.group(8) : quoted.replaceAll("\\\\(.)", "$1");
        if (key == null && !fields.contains(field)) {
            throw invalid("Field `" + field + "` is an unsupported search field; there are "
                    + String.join(", ", new java.util.TreeSet<>(fields)) + " and metadata.");
        }
        refuseOperator(field, key != null, matcher.group(5), value);
        boolean isNull = quoted == null && value.equals("null");
        return new Clause(matcher.group(1) != null, field, key != null, matcher.group(5), isNull ? null : value);
    }

    private static @org.jspecify.annotations.Nullable String first(
            @org.jspecify.annotations.Nullable String one, @org.jspecify.annotations.Nullable String other) {
        return one == null ? other : one;
    }

    private static void refuseOperator(String field, boolean metadata, String operator, String value) {
        boolean numeric = !metadata && NUMERIC.contains(field.substring(field.lastIndexOf('.') + 1));
        if (operator.equals("~") && (numeric || value.length() < MIN_PART)) {
            throw invalid("The operator ~ takes text of at least " + MIN_PART + " characters, and no numeric field.");
        }
        if (!operator.equals(":") && !operator.equals("~") && (!numeric || !value.matches("-?\\d{1,18}"))) {
            throw invalid("The operator " + operator + " compares a numeric field with a whole number.");
        }
    }

    private static ApiException invalid(String message) {
        return ApiException.malformed(null, message, "query");
    }

    @Override
    public boolean test(ObjectNode object) {
        return any
                ? clauses.stream().anyMatch(clause -> clause.test(object))
                : clauses.stream().allMatch(clause -> clause.test(object));
    }
}
