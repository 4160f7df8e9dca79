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
        return hasControl(text)
                ? malformed(name + " " + Excerpt.of(text) + " has a control character, which CloudEvents forbids")
                : null;
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
        }
        return null;
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
