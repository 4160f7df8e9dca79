package io.drawdown.wallet.statement;

import static java.util.stream.Collectors.joining;

import io.drawdown.wallet.api.MoneyJson;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement as CSV: a line for the opening balance, one for each movement, one for the closing balance.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class StatementCsv {

    private static final String END_OF_LINE = "\r\n";

    private StatementCsv() {}

    static String of(StatementJson statement) {
        var movements = statement.movements().stream()
                .map(movement -> line(
                        movement.kind(),
                        movement.meterId(),
                        Long.toString(movement.count()),
                        movement.quantity(),
                        movement.amount()));
        return Stream.of(
                        Stream.of(line("kind", "meterId", "count", "quantity", "amount", "currency")),
                        Stream.of(line("OPENING", null, null, null, statement.opening())),
                        movements,
                        Stream.of(line("CLOSING", null, null, null, statement.closing())))
                .flatMap(lines -> lines)
                .collect(joining());
    }

    private static String line(
            String kind,
            @Nullable String meterId,
            @Nullable String count,
            @Nullable String quantity,
            MoneyJson amount) {
        return line(kind, meterId, count, quantity, amount.amount(), amount.currency());
    }

    private static String line(@Nullable String... cells) {
        return Stream.of(cells).map(StatementCsv::cell).collect(joining(",", "", END_OF_LINE));
    }

    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.matches("[^,\"\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
