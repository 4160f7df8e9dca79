package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageFormTest {

    static final String LONGEST = "x".repeat(255);

    @Test
    void allowsAttributesOfUpTo255Characters() {
        assertThat(UsageForm.refusalOf(usage(LONGEST, LONGEST, Map.of()))).isNull();
        assertThat(detail(usage(LONGEST + "x", "/s", Map.of()))).startsWith("id has 256 characters");
        assertThat(detail(usage("1", "", Map.of()))).startsWith("source has 0 characters");
    }

    @Test
    void refusesControlCharactersInAttributes() {
        assertThat(detail(usage("a\u0000b", "/s", Map.of()))).contains("control character");
        assertThat(detail(usage("1", "/s\n", Map.of()))).contains("control character");
    }

    @Test
    void limitsTheDataSoThatAnAcceptedEventAlwaysFitsIntoARecord() {
        assertThat(UsageForm.refusalOf(usage("1", "/s", members(64)))).isNull();
        assertThat(detail(usage("1", "/s", members(65)))).contains("65 members");
        assertThat(UsageForm.refusalOf(usage("1", "/s", Map.of("k", "v".repeat(1_024)))))
                .isNull();
        assertThat(detail(usage("1", "/s", Map.of("k", "v".repeat(1_025))))).contains("too long");
        assertThat(detail(usage("1", "/s", Map.of("k".repeat(256), "v")))).contains("too long");
    }

    @Test
    void refusesACharacterThatStoresCannotKeep() {
        assertThat(detail(usage("1", "/s", Map.of("k", "a\u0000")))).contains("U+0000");
    }

    static Map<String, String> members(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    }

    static String detail(Usage usage) {
        return UsageForm.refusalOf(usage).detail();
    }

    static Usage usage(String id, String source, Map<String, String> data) {
        return new Usage(id, source, "calls", "acc-1", null, data);
    }
}
