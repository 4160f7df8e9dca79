package io.drawdown.support.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponseException;

class ProblemTranslatorTest {

    final ProblemTranslator translator = new ProblemTranslator();

    @Test
    void asksForARepeatWhenTheDatabaseIsBusy() {
        var problem = translator.translate(new CannotAcquireLockException("deadlock"), "POST /v1/orders");

        assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(problem.headers().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void asksForARepeatWhenTheDatabaseIsAway() {
        var problem = translator.translate(new CannotCreateTransactionException("refused"), "POST /v1/orders");

        assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void keepsTheTypeAndTheHeadersThatARefusalHasItself() {
        var away = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        away.getHeaders().set("Retry-After", "7");
        assertThat(translator.translate(away, "POST /v1/orders").type()).isEqualTo("service-unavailable");

        away.setType(URI.create("urn:problem:orders:kitchen-closed"));

        var problem = translator.translate(away, "POST /v1/orders");
        assertThat(problem.type()).isEqualTo("urn:problem:orders:kitchen-closed");
        assertThat(problem.headers().getFirst("Retry-After")).isEqualTo("7");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var problem = translator.translate(new DataBufferLimitException("limit"), "POST /v1/orders");

        assertThat(problem.status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
    }
}
