package io.drawdown.sandbox.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses Stripe's form notation, {@code a[b][0][c]=x} and {@code a[]=x}, into nested maps of text.
 *
 * <p>Lists come out as maps with their positions as keys. Size and depth are limited; every fault is a 400.
 */
public final class Form {

    private static final int MAX_PAIRS = 5_000;
    private static final int MAX_DEPTH = 10;

    private Form() {}

    /** Values are text or, nested, another such map. */
    public static Map<String, Object> parse(String encoded) {
        var root = new LinkedHashMap<String, Object>();
        var pairs = encoded.isEmpty() ? new String[0] : encoded.split("&", -1);
        if (pairs.length > MAX_PAIRS) {
            throw invalid("Too many parameters: send at most " + MAX_PAIRS + ".");
        }
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                add(root, pair);
            }
        }
        return root;
    }

    private static void add(Map<String, Object> root, String pair) {
        int equals = pair.indexOf('=');
        var name = decode(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        put(root, names(name), value, name);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("Invalid percent-encoding in the request: " + text);
        }
    }

    private static List<String> names(String name) {
        int open = name.indexOf('[');
        var names = new ArrayList<String>();
        names.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0 || (close + 1 < name.length() && name.charAt(close + 1) != '[')) {
                throw invalid("Invalid parameter name: " + name);
            }
            names.add(name.substring(open + 1, close));
            open = name.indexOf('[', close);
        }
        if (names.getFirst().isEmpty() || names.size() > MAX_DEPTH) {
            throw invalid("Invalid parameter name: " + name);
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, List<String> names, String value, String whole) {
        var map = root;
        for (int i = 0; i < names.size() - 1; i++) {
            var next = map.computeIfAbsent(position(map, names.get(i)), _ -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map<?, ?>)) {
                throw invalid("Parameter " + whole + " is both a value and an object.");
            }
            map = (Map<String, Object>) next;
        }
        if (map.put(position(map, names.getLast()), value) instanceof Map<?, ?>) {
            throw invalid("Parameter " + whole + " is both a value and an object.");
        }
    }

    private static String position(Map<String, Object> map, String name) {
        return name.isEmpty() ? Integer.toString(map.size()) : name;
    }

    private static ApiException invalid(String message) {
        return ApiException.malformed(null, message, null);
    }
}
