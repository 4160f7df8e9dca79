package io.drawdown.usage.intake;

import java.util.List;

/**
 * Who sends, and what its key may say.
 *
 * @param sources whose events it may send; empty means any
 * @param accounts ids of the accounts that it may charge; empty means any
 * @param types event names of the meters that it may count on; empty means any
 */
record Sender(List<String> sources, List<String> accounts, List<String> types) {

    static final Sender UNBOUND = new Sender(List.of(), List.of(), List.of());

    boolean mayReport(String source, String type) {
        return isAllowed(sources, source) && isAllowed(types, type);
    }

    boolean mayCharge(String accountId) {
        return isAllowed(accounts, accountId);
    }

    boolean isBoundToAccounts() {
        return !accounts.isEmpty();
    }

    private static boolean isAllowed(List<String> allowed, String text) {
        return allowed.isEmpty() || allowed.stream().anyMatch(pattern -> matches(pattern, text));
    }

    /** A star at the end stands for any rest. */
    private static boolean matches(String pattern, String text) {
        return pattern.endsWith("*")
                ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                : text.equals(pattern);
    }
}
