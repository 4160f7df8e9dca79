package io.drawdown.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredTextTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void aTextStandsBehindItsLength() {
        assertThat(StoredText.of("a", "né")).containsExactly(2, 'a', 6, 'n', 0xC3, 0xA9);
        assertThat(StoredText.of("x".repeat(64))).startsWith(0x80, 0x01, 'x').hasSize(66);
    }

    static Stream<GoldenEvent> eventsWithUsage() {
        return GoldenEvent.all().filter(golden -> !usages(golden).isEmpty());
    }

    /** In every revision: by this, usage is found in the bytes. */
    @ParameterizedTest
    @MethodSource("eventsWithUsage")
    void theIdOfUsageStandsBehindItsSource(GoldenEvent golden) throws IOException {
        var stored = HEX.formatHex(golden.bytes());
        assertThat(usages(golden)).allSatisfy(usage -> assertThat(stored).contains(usage));
    }

    private static List<String> usages(GoldenEvent golden) {
        return switch (golden.event()) {
            case UsageDrawnDown drawn ->
                drawn.lines().stream()
                        .map(line -> stored(line.source(), line.id()))
                        .toList();
            case UsageLeftToArrears left ->
                left.lines().stream()
                        .map(line -> stored(line.source(), line.id()))
                        .toList();
            case UsageAdjusted adjusted ->
                List.of(stored(
                        adjusted.adjustment().source(), adjusted.adjustment().id()));
            case ArrearsAdjusted adjusted ->
                List.of(stored(
                        adjusted.adjustment().source(), adjusted.adjustment().id()));
            default -> List.of();
        };
    }

    private static String stored(String source, String id) {
        return HEX.formatHex(StoredText.of(source, id));
    }
}
