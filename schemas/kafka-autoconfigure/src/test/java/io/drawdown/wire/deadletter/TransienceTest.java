package io.drawdown.wire.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;

class TransienceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "40001", "40P01", "53100", "53200", "53300", "57014", "57P01", "57P03", "58030", "25006",
                "25P03", "25P04", "55P03"
            })
    void isADatabaseThatCannotServeNow(String state) {
        assertThat(Transience.isCauseOf(new SQLException("no", state))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"23505", "22003", "42601", "25P02", "55000", "P0001", "5"})
    void isNotWhatTheDatabaseRefusesForWhatItIs(String state) {
        assertThat(Transience.isCauseOf(new SQLException("no", state))).isFalse();
    }

    @Test
    void isFoundBehindWhateverWrapsIt() {
        var full = new SQLException("could not extend file", "53100");

        assertThat(Transience.isCauseOf(new UncategorizedSQLException("insert", "insert into t", full)))
                .isTrue();
        assertThat(Transience.isCauseOf(new IllegalStateException("The event store …", new RuntimeException(full))))
                .isTrue();
    }

    @Test
    void isFoundAmongTheExceptionsOfABatch() {
        var batch = new BatchUpdateException("batch", "23000", new int[0]);
        batch.setNextException(new SQLException("deadlock detected", "40P01"));

        assertThat(Transience.isCauseOf(batch)).isTrue();
    }

    @Test
    void isWhatTheServiceSaysToo() {
        var conflict = new IllegalStateException(new UnsupportedOperationException("somebody was faster"));

        assertThat(Transience.isCauseOf(conflict, UnsupportedOperationException.class::isInstance))
                .isTrue();
        assertThat(Transience.isCauseOf(conflict)).isFalse();
    }

    @Test
    void isSoughtOnlyOnceAroundARing() {
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));

        assertThat(Transience.isCauseOf(one)).isFalse();
    }
}
