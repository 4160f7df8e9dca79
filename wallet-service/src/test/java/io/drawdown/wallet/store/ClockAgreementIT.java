package io.drawdown.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import io.drawdown.wallet.domain.WalletId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.TransientDataAccessResourceException;

class ClockAgreementIT extends WalletIntegrationTest {

    private static final Duration A_LITTLE = Duration.ofSeconds(5);

    private final AccountId account = new AccountId(Outside.unique("acc"));
    private final WalletId wallet = WalletId.of(account);
    private final SetClock clock = new SetClock();

    @Autowired
    private DataSource database;

    @Autowired
    private ConnectionProvider connections;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private PersistenceExceptionResolver resolver;

    @Autowired
    private EventSchema schema;

    @Autowired
    private Serializer serializer;

    @Autowired
    @Qualifier("eventSerializer")
    private Serializer eventSerializer;

    @ParameterizedTest
    @ValueSource(longs = {-600, 600})
    void nothingIsRecordedByAClockThatIsTenMinutesWrongUntilItIsSet(long seconds) {
        var clocks = new ClockAgreement(clock, database);
        var engine = engineWith(clocks);
        clock.isOff = Duration.ofSeconds(seconds);

        assertThatThrownBy(() -> open(engine))
                .isInstanceOf(TransientDataAccessResourceException.class)
                .hasMessageContaining(seconds < 0 ? "behind the database's" : "ahead of the database's")
                .hasMessageContaining("NTP");
        assertThat(engine.readEvents(wallet.value()).hasNext()).isFalse();

        clock.isOff = Duration.ZERO;
        assertThatNoException().isThrownBy(() -> open(engine));
        assertThat(engine.readEvents(wallet.value()).hasNext()).isTrue();
    }

    @Test
    void aClockThatIsSetBetweenTwoReadingsIsNoticedAtOnce() {
        var clocks = new ClockAgreement(clock, database);
        assertThat(clocks.holds()).isTrue();

        clock.isOff = Duration.ofMinutes(-10);

        assertThat(clocks.holds()).isFalse();
        assertThat(clocks.ahead()).isBetween(clock.isOff.minus(A_LITTLE), clock.isOff.plus(A_LITTLE));
    }

    @Test
    void theServiceIsNotReadyWhileItsClockIsWrong() {
        var health = new ClockHealth(new ClockAgreement(clock, database));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        clock.isOff = Duration.ofMinutes(10);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsKey("aheadOfDatabase");
    }

    private EventStorageEngine engineWith(ClockAgreement clocks) {
        return new EventStoreConfiguration()
                .eventStorageEngine(serializer, eventSerializer, resolver, connections, transactions, clocks, schema);
    }

    private void open(EventStorageEngine engine) {
        var opened = new WalletOpened(
                new EventHeader(wallet, account, 0, Instant.now()), Currency.getInstance("USD"), Zone.UTC);
        transactions.executeInTransaction(() ->
                engine.appendEvents(List.of(new GenericDomainEventMessage<>("Wallet", wallet.value(), 0, opened))));
    }

    /** The machine's, as somebody has set it. */
    private static final class SetClock extends Clock {

        private volatile Duration isOff = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(isOff);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Every time here is in UTC");
        }
    }
}
