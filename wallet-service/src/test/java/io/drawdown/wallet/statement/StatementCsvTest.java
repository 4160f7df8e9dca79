package io.drawdown.wallet.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.api.MoneyJson;
import io.drawdown.wallet.statement.StatementJson.MovementJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementCsvTest {

    static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void quotesWhatWouldBeReadAsSomethingElse() {
        var drawn = new MovementJson("DRAWN_DOWN", "tokens, \"in\"", 3, "7", money("-0.7"));
        var statement = new StatementJson(
                "wal_a", "a", "KWD", FROM, TO, true, money("1.000"), List.of(drawn), money("0.300"), 4, "-1");
        assertThat(StatementCsv.of(statement)).isEqualTo("""
                kind,meterId,count,quantity,amount,currency\r
                OPENING,,,,1.000,KWD\r
                DRAWN_DOWN,"tokens, ""in""\",3,7,-0.7,KWD\r
                CLOSING,,,,0.300,KWD\r
                """);
    }

    private static MoneyJson money(String amount) {
        return new MoneyJson(amount, "KWD");
    }
}
