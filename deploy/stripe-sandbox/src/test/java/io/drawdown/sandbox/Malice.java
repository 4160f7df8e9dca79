package io.drawdown.sandbox;

import io.drawdown.sandbox.api.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes requests that follow an operation's description here and break it there, the same ones for the same seed. */
final class Malice {

    private static final List<String> TEXTS = List.of(
            "",
            "null",
            "NaN",
            "-0",
            "0x1F",
            "1e9",
            "true",
            "[]",
            "{}",
            "%00",
            "%FF%FE",
            "%ED%A0%80",
            "%F0%9F%92%B8",
            "%",
            "%2",
            "%zz",
            "\u00ff\u00fe",
            "..%2F..%2Fetc%2Fpasswd",
            "%27%20OR%201%3D1%20--",
            "%3Cscript%3E",
            "9".repeat(18),
            "9".repeat(19),
            "-" + "9".repeat(18),
            "-" + "9".repeat(30),
            "0." + "0".repeat(29) + "1",
            "1." + "0".repeat(40),
            "x".repeat(501),
            "x".repeat(5_001),
            "a".repeat(100_000));

    private static final List<String> JSON_VALUES = List.of(
            "null",
            "{}",
            "[]",
            "[[[]]]",
            "-0.0",
            "1e400",
            "9".repeat(400),
            "true",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(100_000) + "\"",
            "{\"a\":{\"b\":[1,\"2\",null]}}");

    private static final List<String> JSON_ODDITIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "1",
            "\"text\"",
            "{\"a\":}",
            "{\"a\" 1}",
            "{} {}",
            "name=Acme",
            "[".repeat(50_000),
            "{\"a\":".repeat(5_000),
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "\u00ff\u00fe{\u0000}",
            "{\"a\":\"\u00c3\"}",
            "{\"" + "k".repeat(60_000) + "\":1}");

    private final RandomGenerator random;
    private final Population population;

    Malice(long seed, Population population) {
        this.random = new SplittableRandom(seed);
        this.population = population;
    }

    /** The template with ids that exist, of the right kind or another, and others that do not. */
    String path(String template) {
        var path = new StringBuilder();
        var before = "";
        for (var segment : template.substring(1).split("/", -1)) {
            path.append('/').append(segment.startsWith("{") ? identifier(before.replaceFirst("s$", "")) : segment);
            before = segment;
        }
        return path.toString();
    }

    private String identifier(String object) {
        return switch (random.nextInt(6)) {
            case 0 -> printable(text());
            case 1 -> population.any(random);
            default -> population.one(object, random);
        };
    }

    /** A request line has no raw bytes of the upper half here: those are for bodies. */
    private static String printable(String text) {
        return text.isEmpty() || text.charAt(0) > 126 || text.length() > 10_000 ? "x" : text;
    }

    /** Parameters in form notation. */
    String form(Schema operation) {
        var pairs = new ArrayList<String>();
        operation.properties().forEach((name, schema) -> {
            if (operation.required().contains(name) ? random.nextInt(20) > 0 : random.nextInt(8) == 0) {
                add(pairs, name, schema, 0);
            }
        });
        if (random.nextInt(6) == 0) {
            pairs.add(oddity());
        }
        if (!pairs.isEmpty() && random.nextInt(6) == 0) {
            pairs.add(pairs.get(random.nextInt(pairs.size())));
        }
        return String.join("&", pairs);
    }

    /** The form with one or two of its values changed to something else, or left out. */
    String spoiled(String form) {
        var pairs = new ArrayList<>(List.of(form.split("&")));
        for (int times = random.nextInt(1, 3); times > 0; times--) {
            int which = random.nextInt(pairs.size());
            var name = pairs.get(which).replaceFirst("=.*", "");
            pairs.set(which, random.nextInt(8) == 0 ? "" : name + "=" + otherValue());
        }
        return String.join("&", pairs);
    }

    private String otherValue() {
        return switch (random.nextInt(4)) {
            case 0 -> integer();
            case 1 -> population.any(random);
            case 2 -> "9".repeat(random.nextInt(1, 30)) + "." + random.nextInt(1_000);
            default -> text();
        };
    }

    private String oddity() {
        return switch (random.nextInt(8)) {
            case 0 -> "a" + "[b]".repeat(5_000) + "=1";
            case 1 -> "expand[]=" + "a.".repeat(1_000);
            case 2 -> "=&==&[]=&[[=]";
            case 3 -> "expand[0][1]=x";
            case 4 -> "metadata[" + text() + "]=" + text();
            case 5 -> "metadata[" + "k".repeat(41) + "]=1&metadata[a]=" + "v".repeat(501);
            case 6 -> "x=1&".repeat(6_000);
            default -> "expand[]=" + random.nextInt() + "&expand=customer&expand[99999999999]=data.customer";
        };
    }

    private void add(List<String> pairs, String name, Schema schema, int depth) {
        if (random.nextInt(12) == 0 || depth > 6) {
            pairs.add(name + (random.nextBoolean() ? "[x]" : "[]") + "=" + text());
            return;
        }
        var chosen = schema.anyOf().isEmpty()
                ? schema
                : schema.anyOf().get(random.nextInt(schema.anyOf().size()));
        if (chosen.items() != null) {
            addItems(pairs, name, chosen.items(), depth);
        } else if (!chosen.properties().isEmpty()) {
            addProperties(pairs, name, chosen, depth);
        } else if (chosen.additional() != null) {
            pairs.add(name + "[k" + random.nextInt(3) + "]=" + text());
        } else {
            pairs.add(name + "=" + (random.nextInt(4) == 0 ? text() : plausible(name, chosen)));
        }
    }

    private void addItems(List<String> pairs, String name, Schema items, int depth) {
        int count = random.nextInt(10) == 0 ? 150 : random.nextInt(1, 3);
        for (int i = 0; i < count; i++) {
            var index = random.nextInt(10) == 0 ? Integer.toString(random.nextInt()) : Integer.toString(i);
            add(pairs, name + "[" + index + "]", items, depth + 1);
        }
    }

    private void addProperties(List<String> pairs, String name, Schema object, int depth) {
        object.properties().forEach((property, schema) -> {
            if (object.required().contains(property) || random.nextInt(3) == 0) {
                add(pairs, name + "[" + property + "]", schema, depth + 1);
            }
        });
    }

    private String plausible(String name, Schema schema) {
        if (!schema.values().isEmpty()) {
            var values = List.copyOf(schema.values());
            return URLEncoder.encode(values.get(random.nextInt(values.size())), StandardCharsets.UTF_8);
        }
        return switch (schema.type() == null ? "string" : schema.type()) {
            case "integer" -> integer();
            case "number" -> random.nextInt() + ".5";
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> string(name, schema);
        };
    }

    private String integer() {
        return switch (random.nextInt(5)) {
            case 0 -> "0";
            case 1 -> "-1";
            case 2 -> Long.toString(random.nextLong(-999_999_999_999_999_999L, 999_999_999_999_999_999L));
            default -> Integer.toString(random.nextInt(1, 2_000_000_000));
        };
    }

    private String string(String name, Schema schema) {
        if ("decimal".equals(schema.format())) {
            return random.nextInt(2) == 0 ? "0.000001" : "9".repeat(random.nextInt(1, 30)) + "." + "9".repeat(12);
        }
        return switch (random.nextInt(8)) {
            case 0 -> "usd";
            case 1 -> "pm_card_visa";
            case 2 -> population.any(random);
            case 3 -> "abc";
            default -> population.one(name.replaceAll(".*\\[|]", ""), random);
        };
    }

    /** A body for the second version of the API: JSON that follows the description, or does not, or is none. */
    String json(Schema operation) {
        if (random.nextInt(3) == 0) {
            return JSON_ODDITIES.get(random.nextInt(JSON_ODDITIES.size()));
        }
        return jsonObject(operation, 0);
    }

    private String jsonObject(Schema schema, int depth) {
        var members = new ArrayList<String>();
        schema.properties().forEach((name, property) -> {
            if (schema.required().contains(name) ? random.nextInt(20) > 0 : random.nextInt(3) == 0) {
                members.add('"' + name + "\":" + jsonValue(property, depth + 1));
            }
        });
        if (random.nextInt(10) == 0) {
            members.add("\"x\":1,\"x\":2");
        }
        return "{" + String.join(",", members) + "}";
    }

    private String jsonValue(Schema schema, int depth) {
        if (random.nextInt(8) == 0 || depth > 6) {
            return JSON_VALUES.get(random.nextInt(JSON_VALUES.size()));
        }
        if (schema.items() != null) {
            return "[" + jsonValue(schema.items(), depth + 1) + "]";
        }
        if (!schema.properties().isEmpty()) {
            return jsonObject(schema, depth);
        }
        var plausible = plausible("", schema);
        return "integer".equals(schema.type()) || "boolean".equals(schema.type()) ? plausible : '"' + plausible + '"';
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
