package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Two such ids would be one, since each half becomes a question mark. */
    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udfff", "\udc00\ud800", "\ud83d\ude00\ud83d"})
    void refusesHalfOfASurrogatePairWhereverItStands(String half) {
        assertThat(detail(usage(half, "/s", Map.of()))).startsWith("id ").contains("half of a surrogate pair");
        assertThat(detail(usage("1", "/" + half, Map.of()))).startsWith("source ");
        assertThat(detail(new Usage("1", "/s", half, "acc-1", null, Map.of()))).startsWith("type ");
        assertThat(detail(new Usage("1", "/s", "calls", half, null, Map.of()))).startsWith("subject ");
        assertThat(detail(usage("1", "/s", Map.of("k", half)))).contains("half of a surrogate pair");
        assertThat(detail(usage("1", "/s", Map.of(half, "v")))).contains("half of a surrogate pair");
    }

    @Test
    void allowsCharactersOfTwoHalves() {
        assertThat(UsageForm.refusalOf(usage("\ud83d\ude00", "/\ud83d\ude00x", Map.of("\ud83d\ude00", "\ud83d\ude00"))))
                .isNull();
    }

    /** It stands for any bytes that are no UTF-8; in a dimension it only looks ugly. */
    @Test
    void refusesTheReplacementCharacterInWhatIdentifies() {
        assertThat(detail(usage("a\ufffd", "/s", Map.of()))).startsWith("id ").contains("U+FFFD");
        assertThat(UsageForm.refusalOf(usage("1", "/s", Map.of("agent", "a\ufffd"))))
                .isNull();
    }

    /** An answer that quotes half of a character could not be written. */
    @Test
    void quotesNothingThatCannotBeWritten() {
        assertThat(detail(usage("\ud800", "/s", Map.of()))).contains("\"?\"");
        assertThat(Excerpt.of("x".repeat(79) + "\ud83d\ude00")).isEqualTo('"' + "x".repeat(79) + "?…\"");
        assertThat(Excerpt.shortened("\ud800")).isEqualTo("?");
    }

    @Test
    void holdsCorrectionsToTheSame() {
        assertThat(CorrectionForm.refusalOf(new Correction("c", "acc-1", "/s", "\ud800", null, "why", "me"))
                        .detail())
                .startsWith("usageId ");
        assertThat(CorrectionForm.refusalOf(new Correction("c", "acc-1", "/s", "1", null, "\ud800", "me"))
                        .detail())
                .startsWith("reason holds half");
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
