package io.drawdown.usage.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that every event has, over whichever way it came. The limits also bound what the gate writes: an accepted
 * event always fits into a record of Kafka's default size.
 */
public final class UsageForm {

    public static final int ATTRIBUTE_LENGTH_MAX = 255;
    public static final int DATA_MEMBERS_MAX = 64;
    public static final int DATA_KEY_LENGTH_MAX = 255;
    public static final int DATA_VALUE_LENGTH_MAX = 1_024;

    static final String HALF_A_PAIR =
            " holds half of a surrogate pair, which is no character and cannot be kept: send whole characters";

    /** What a decoder puts in the place of bytes that are no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private UsageForm() {}

    /** @return null when the form is right */
    public static Verdict.@Nullable Refused refusalOf(Usage usage) {
        var refusal = attribute("id", usage.id());
        refusal = refusal != null ? refusal : attribute("source", usage.source());
        refusal = refusal != null ? refusal : attribute("type", usage.type());
        refusal = refusal != null ? refusal : attribute("subject", usage.subject());
        return refusal != null ? refusal : data(usage.data());
    }

    static Verdict.@Nullable Refused attribute(String name, String text) {
        if (text.isEmpty() || text.length() > ATTRIBUTE_LENGTH_MAX) {
            return malformed(
                    name + " has " + text.length() + " characters; 1 to " + ATTRIBUTE_LENGTH_MAX + " are allowed");
        }
        if (hasControl(text)) {
            return malformed(name + " " + Excerpt.of(text) + " has a control character, which CloudEvents forbids");
        }
        if (!isWellFormed(text)) {
            return malformed(name + " " + Excerpt.of(text) + HALF_A_PAIR);
        }
        return text.indexOf(REPLACEMENT) >= 0 ? mangled(name, text) : null;
    }

    /** Whatever the bytes were, they read alike: two ids would be one, and the second event a repeat of the first. */
    private static Verdict.Refused mangled(String name, String text) {
        return malformed(name + " " + Excerpt.of(text)
                + " has the character U+FFFD, which stands for bytes that are no UTF-8: send it in UTF-8");
    }

    static Verdict.@Nullable Refused data(Map<String, String> data) {
        if (data.size() > DATA_MEMBERS_MAX) {
            return malformed("data has " + data.size() + " members; at most " + DATA_MEMBERS_MAX + " are allowed");
        }
        for (var member : data.entrySet()) {
            if (member.getKey().length() > DATA_KEY_LENGTH_MAX
                    || member.getValue().length() > DATA_VALUE_LENGTH_MAX) {
                return malformed("data member " + Excerpt.of(member.getKey()) + " is too long; a key has at most "
                        + DATA_KEY_LENGTH_MAX + " and a value at most " + DATA_VALUE_LENGTH_MAX + " characters");
            }
            if (member.getKey().indexOf(0) >= 0 || member.getValue().indexOf(0) >= 0) {
                return malformed("data member " + Excerpt.of(member.getKey())
                        + " holds the character U+0000, which many stores cannot keep: leave it out");
            }
            if (!isWellFormed(member.getKey()) || !isWellFormed(member.getValue())) {
                return malformed("data member " + Excerpt.of(member.getKey()) + HALF_A_PAIR);
            }
        }
        return null;
    }

    /**
     * Whether it can be written in UTF-8. JSON's escapes can say half of a surrogate pair, which no encoding of Unicode can:
     * Java writes a question mark for each.
     */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isBmpCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++; // The other half.
            }
        }
        return true;
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static Verdict.Refused malformed(String detail) {
        return new Verdict.Refused(Reason.MALFORMED, detail);
    }
}
