package io.drawdown.support.security;

import java.util.List;

/**
 * What somebody is bound to.
 *
 * @param patterns texts that are allowed; a star at the end of one stands for any rest; without any, everything is
 */
public record Allowed(List<String> patterns) {

    /** No bounds. */
    public static final Allowed ANY = new Allowed(List.of());

    public Allowed {
        patterns = List.copyOf(patterns);
    }

    /** Whether it allows this text. */
    public boolean includes(String text) {
        return isAny() || patterns.stream().anyMatch(pattern -> matches(pattern, text));
    }

    /** Whether it has no bounds. */
    public boolean isAny() {
        return patterns.isEmpty();
    }

    private static boolean matches(String pattern, String text) {
        return pattern.endsWith("*")
                ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                : text.equals(pattern);
    }
}
