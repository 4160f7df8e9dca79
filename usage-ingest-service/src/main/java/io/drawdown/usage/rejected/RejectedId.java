package io.drawdown.usage.rejected;

import io.drawdown.usage.wire.Position;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A refusal's identity in a path: {@code 3-1042} for partition 3, offset 1042; {@code http-…} for HTTP's refusals. */
record RejectedId(Position position) {

    private static final String HTTP = "http";
    private static final Pattern FORM = Pattern.compile("(http|\\d{1,9})-(\\d{1,19})");

    static @Nullable RejectedId parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            int partition = parts.group(1).equals(HTTP) ? Position.NOT_IN_THE_LOG : Integer.parseInt(parts.group(1));
            return new RejectedId(new Position(partition, Long.parseLong(parts.group(2))));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        var partition = position.partition();
        return (partition == Position.NOT_IN_THE_LOG ? HTTP : partition) + "-" + position.offset();
    }
}
