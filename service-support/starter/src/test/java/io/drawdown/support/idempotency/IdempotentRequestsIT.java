package io.drawdown.support.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.sample.SampleTest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@SampleTest
class IdempotentRequestsIT {

    static final Map<String, String> REQUEST = Map.of("item", "x");

    @Autowired
    IdempotentRequests requests;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JsonMapper json;

    final String key = UUID.randomUUID().toString();

    @BeforeEach
    void createEffects() {
        jdbc.sql("create table if not exists effect (id uuid, key text)").update();
    }

    @Test
    void hasOneEffectHoweverManyRepeatsArriveAtOnce() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var together = new CountDownLatch(16);
            var results = IntStream.range(0, 16)
                    .mapToObj(_ -> callers.submit(() -> {
                        together.countDown();
                        assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
                        return request(REQUEST);
                    }))
                    .toList();

            assertThat(results.stream().map(IdempotentRequestsIT::result).distinct())
                    .hasSize(1);
        }
        assertThat(effects()).isOne();
    }

    @Test
    void answersARepeatWithTheFirstResult() {
        var first = request(REQUEST);

        assertThat(request(REQUEST)).isEqualTo(first);
        assertThat(effects()).isOne();
    }

    /** Another version of the service may have written it, and this one need not know all that it says. */
    @Test
    void readsAResultThatSaysMoreThanIsKnown() {
        transfer();
        jdbc.sql("update idempotent_request set result = replace(result, '{', '{\"fee\":\"0.10\",')"
                        + " where idempotency_key = ?")
                .param(key)
                .update();

        assertThat(transfer()).isEqualTo(new Transfer(new BigDecimal("1.50"), "first"));
    }

    Transfer transfer() {
        return requests.execute(
                "test", key, REQUEST, Transfer.class, () -> new Transfer(new BigDecimal("1.50"), "first"));
    }

    @Test
    void takesAbsentAndNullMembersAndAnyOrderForTheSameRequest() {
        var first = request(new Transfer(new BigDecimal("1.50"), null));

        assertThat(request(Map.of("amount", new BigDecimal("1.50")))).isEqualTo(first);
    }

    @Test
    void refusesAnotherRequestUnderTheSameKey() {
        request(REQUEST);

        assertThatThrownBy(() -> request(Map.of("item", "y")))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
                    assertThat(refusal.type()).isEqualTo("idempotency-key-reused");
                });
        assertThat(effects()).isOne();
    }

    @Test
    void leavesNothingBehindWhenTheActionFails() {
        assertThatThrownBy(() -> requests.execute("test", key, REQUEST, String.class, () -> {
                    effect();
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");

        assertThat(effects()).isZero();
        assertThat(remembered()).isZero();
        request(REQUEST);
        assertThat(effects()).isOne();
    }

    @Test
    void leavesNothingBehindWhenTheConnectionDiesHalfWay() {
        assertThatThrownBy(() -> requests.execute("test", key, REQUEST, String.class, () -> {
                    effect();
                    jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                            .query(Boolean.class)
                            .single();
                    return "never";
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(effects()).isZero();
        assertThat(remembered()).isZero();
        request(REQUEST);
        assertThat(effects()).isOne();
    }

    @Test
    void joinsTheTransactionOfItsCaller() {
        new TransactionTemplate(transactions).executeWithoutResult(caller -> {
            request(REQUEST);
            caller.setRollbackOnly();
        });

        assertThat(effects()).isZero();
        assertThat(remembered()).isZero();
    }

    @Test
    void doesNotLetARepeatWaitForEver() {
        var impatient = requests(Clock.systemUTC(), Duration.ofMillis(100));

        requests.execute("test", key, REQUEST, String.class, () -> {
            try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
                var repeat = other.submit(() -> impatient.execute("test", key, REQUEST, String.class, () -> "second"));
                assertThatThrownBy(repeat::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refusal -> assertThat(refusal.type()).isEqualTo("request-in-progress"));
            }
            return "first";
        });
    }

    @Test
    void forgetsAKeyAfterItsRetention() {
        request(REQUEST);
        var later = Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC);

        requests(later, Duration.ofSeconds(1)).execute("test", "another-" + key, REQUEST, String.class, () -> "new");

        assertThat(remembered()).isZero();
    }

    @Test
    void keepsOperationsApart() {
        request(REQUEST);

        assertThat(requests.execute("other", key, REQUEST, String.class, () -> "other"))
                .isEqualTo("other");
    }

    @Test
    void asksForAKey() {
        assertThatThrownBy(() -> requests.execute("test", null, REQUEST, String.class, () -> "never"))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
                    assertThat(refusal).hasMessageContaining("Idempotency-Key");
                });
    }

    static String result(Future<String> caller) {
        try {
            return caller.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("A caller got no result", e);
        }
    }

    String request(Object request) {
        return requests.execute("test", key, request, String.class, this::effect);
    }

    String effect() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into effect values (?, ?)").params(id, key).update();
        return id.toString();
    }

    int effects() {
        return count("select count(*) from effect where key = ?");
    }

    int remembered() {
        return count("select count(*) from idempotent_request where idempotency_key = ?");
    }

    int count(String sql) {
        return jdbc.sql(sql).param(key).query(Integer.class).single();
    }

    IdempotentRequests requests(Clock clock, Duration waitLimit) {
        var properties = new IdempotencyProperties(waitLimit, Duration.ofDays(30));
        return new IdempotentRequests(
                new TransactionTemplate(transactions), new RequestMemory(jdbc, clock, properties), new JsonForm(json));
    }

    record Transfer(BigDecimal amount, String note) {}
}
