package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.intake.ReadEvent.IllFormed;
import io.drawdown.usage.intake.ReadEvent.WellFormed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class JsonEventsTest {

    static final String ATTRIBUTES = """
            "specversion":"1.0","id":"evt-1","source":"/gateway","type":"calls","subject":"acc-1"
            """;

    @Test
    void keepsTheDigitsOfANumberAsTheyWereWritten() {
        var usage = usage("{" + ATTRIBUTES + ",\"data\":{\"value\":12345678901234567.120000000000,\"big\":1E+2}}");

        assertThat(usage.data()).containsEntry("value", "12345678901234567.120000000000");
        assertThat(usage.data()).containsEntry("big", "1E+2");
    }

    @Test
    void readsTextNumbersAndBooleansAsDimensionsAndLeavesNullsOut() {
        var usage = usage(
                "{" + ATTRIBUTES + ",\"data\":{\"value\":\"3\",\"cached\":true,\"region\":\"eu\",\"zone\":null}}");

        assertThat(usage.data()).containsOnly(entry("value", "3"), entry("cached", "true"), entry("region", "eu"));
    }

    @Test
    void readsTheTimeInAnyOffsetAndCutsItToMilliseconds() {
        var usage = usage("{" + ATTRIBUTES + ",\"time\":\"2026-11-20T13:00:00.123987+01:00\"}");

        assertThat(usage.occurredAt()).isEqualTo(Instant.parse("2026-11-20T12:00:00.123Z"));
    }

    @Test
    void overlooksExtensionsAndUnsetAttributes() {
        var usage = usage("{" + ATTRIBUTES
                + ",\"time\":null,\"partitionkey\":\"p\",\"ext\":{\"deep\":[1]},\"dataschema\":\"x\"}");

        assertThat(usage.id()).isEqualTo("evt-1");
        assertThat(usage.data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "id":"evt-1"      | "x":"1"             | attribute id is missing
                    "source":"/gateway" | "x":"1"           | attribute source is missing
                    "type":"calls"    | "type":""           | attribute type is missing or empty
                    "subject":"acc-1" | "x":"1"             | attribute subject is missing
                    "specversion":"1.0" | "specversion":"0.3" | specversion is "0.3"
                    "specversion":"1.0" | "x":"1"           | attribute specversion is missing
                    "id":"evt-1"      | "id":7              | attribute id is no JSON string
                    "source":"/gateway" | "source":"a b"    | is no URI reference
                    "id":"evt-1"      | "id":"e","time":"yesterday" | is no RFC 3339 time
                    "id":"evt-1"      | "id":"e","time":"+999999999-12-31T23:59:59Z" | is no RFC 3339 time
                    "id":"evt-1"      | "id":"e","data":[1] | data is no JSON object
                    "id":"evt-1"      | "id":"e","data":{"a":{"b":1}} | is an object or array
                    "id":"evt-1"      | "id":"e","data_base64":"e30=" | data_base64 is not read here
                    "id":"evt-1"      | "id":"e","datacontenttype":"text/xml" | datacontenttype is "text/xml"
                    """)
    void saysWhatIsWrongWithTheForm(String replaced, String by, String detail) {
        var event = one(utf8("{" + ATTRIBUTES.replace(replaced, by) + "}"));

        assertThat(event).isInstanceOf(IllFormed.class);
        assertThat(((IllFormed) event).detail()).contains(detail);
    }

    @Test
    void readsTheEventsAroundABadOne() {
        var events = JsonEvents.batch(
                utf8("[{" + ATTRIBUTES + "},{\"id\":\"bad\",\"data\":{\"a\":[[1,{}]]}},7,[{}],{" + ATTRIBUTES + "}]"),
                10,
                1_000);

        assertThat(events).hasSize(5);
        assertThat(events).first().isInstanceOf(WellFormed.class);
        assertThat(events).last().isInstanceOf(WellFormed.class);
        assertThat(events.subList(1, 4)).allMatch(IllFormed.class::isInstance);
        assertThat(events.get(1).names().id()).isEqualTo("bad");
        assertThat(events)
                .extracting(event -> new String(event.sent().bytes(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{" + ATTRIBUTES + "}",
                        "{\"id\":\"bad\",\"data\":{\"a\":[[1,{}]]}}",
                        "7",
                        "[{}]",
                        "{" + ATTRIBUTES + "}");
        assertThat(events).extracting(ReadEvent::index).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void takesABatchOfTheGreatestSizeAndNoLarger() {
        assertThat(JsonEvents.batch(utf8("[{},{}]"), 2, 1_000)).hasSize(2);
        assertThatThrownBy(() -> JsonEvents.batch(utf8("[{},{},{}]"), 2, 1_000))
                .isInstanceOfSatisfying(
                        UnreadableRequest.class, e -> assertThat(e.status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "nonsense", "[]", "\"text\"", "{\"id\":\"\\uD8\"}"})
    void refusesABodyThatIsNotOneJsonObject(String body) {
        assertThatThrownBy(() -> one(utf8(body))).isInstanceOf(UnreadableRequest.class);
    }

    /** Which is a fault of the event and not of the others around it. */
    @Test
    void refusesAnEventWithBytesThatAreNotUtf8() {
        var latin1 =
                ("[{" + ATTRIBUTES + ",\"x\":\"\u00fc\"},{" + ATTRIBUTES + "}]").getBytes(StandardCharsets.ISO_8859_1);

        var events = JsonEvents.batch(latin1, 10, 1_000);

        assertThat(((IllFormed) events.getFirst()).detail()).startsWith("the event has text that is none");
        assertThat(events.getFirst().names().id()).isEqualTo("evt-1");
        assertThat(events.getLast()).isInstanceOf(WellFormed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\":1", "\"data\":{\"\\udc00\":1}", "\"data\":{\"k\":\"\\ud800\"}"})
    void refusesAnEventWithHalfOfACharacter(String half) {
        assertThat(batch("[{" + ATTRIBUTES + "," + half + "},{" + ATTRIBUTES + "}]"))
                .extracting(event -> event instanceof WellFormed)
                .containsExactly(false, true);
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        var event = (IllFormed) one(utf8("{\"id\":\"evt-1\",\"ext\":" + "[".repeat(100_000)));

        assertThat(event.detail()).startsWith("the event is nested too deeply");
        assertThat(event.names().id()).isEqualTo("evt-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":\"evt-2\"",
                "\"id\":null",
                "\"data\":{},\"data\":{\"value\":1}",
                "\"data\":{\"value\":1,\"value\":2}",
                "\"data\":{\"value\":null,\"value\":2}",
                "\"ext\":1,\"ext\":2"
            })
    void refusesAnEventInWhichANameStandsTwice(String again) {
        var event = (IllFormed) one(utf8("{" + ATTRIBUTES + "," + again + "}"));

        assertThat(event.detail()).contains("stands twice");
        assertThat(event.names().source()).isEqualTo("/gateway");
    }

    /** Each is JSON, and beyond what is read. */
    @Test
    void namesTheElementsThatCannotBeReadAndTakesTheOthers() {
        var deep = "[".repeat(2_000) + "]".repeat(2_000);
        var unreadable = List.of(
                "{" + ATTRIBUTES + ",\"id\":\"again\"}",
                "{" + ATTRIBUTES + ",\"ext\":" + deep + "}",
                "{" + ATTRIBUTES + ",\"" + "k".repeat(60_000) + "\":1}",
                "{" + ATTRIBUTES + ",\"data\":{\"value\":" + "1".repeat(5_000) + "}}");

        var events =
                batch("[" + String.join(",", unreadable) + ",{" + ATTRIBUTES + "}," + deep + ",{" + ATTRIBUTES + "}]");

        assertThat(events).extracting(ReadEvent::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(events.subList(0, 4))
                .allMatch(IllFormed.class::isInstance)
                .allSatisfy(event -> assertThat(event.names().source()).isEqualTo("/gateway"));
        assertThat(events.subList(1, 4)).extracting(event -> event.names().id()).containsOnly("evt-1");
        assertThat(events.get(4)).isInstanceOf(WellFormed.class);
        assertThat(events.get(5)).isInstanceOf(IllFormed.class);
        assertThat(events.get(6)).isInstanceOf(WellFormed.class);
    }

    @Test
    void namesAnEventOfABatchThatIsTooLarge() {
        var large = (IllFormed) batch("[{" + ATTRIBUTES + ",\"x\":\"" + "y".repeat(100_000) + "\"}]")
                .getFirst();

        assertThat(large.detail()).contains("more than 100000 bytes");
        assertThat(large.names().id()).isEqualTo("evt-1");
        assertThat(large.names().source()).isEqualTo("/gateway");
        assertThat(large.sent()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[{}",
                "[{},",
                "[{},]",
                "[,{}]",
                "[{},,{}]",
                "[{}{}]",
                "[{}]x",
                "[{}]]",
                "[nonsense]",
                "[1}2]",
                "[}]",
                "[{]",
                "[{\"id\":[}]",
                "[\"]",
                "[\"\\\"]",
                "[{\"id\":}]",
                "[{\"id\" \"x\"}]",
                "[{} {}]",
                "[{\"id\":\"\u0001\"}]"
            })
    void refusesABatchThatIsBroken(String body) {
        assertThatThrownBy(() -> batch(body)).isInstanceOf(UnreadableRequest.class);
    }

    @Test
    void saysWhereABatchIsBroken() {
        assertThatThrownBy(() -> batch("[{}, {\"id\":x}]")).hasMessageContaining("at byte 11");
    }

    @Test
    void readsABatchWithSpaceAroundItAndAByteOrderMark() {
        assertThat(batch("\ufeff\n [ {" + ATTRIBUTES + "}\r\n,\t{" + ATTRIBUTES + "} ] \n"))
                .hasSize(2)
                .allMatch(WellFormed.class::isInstance);
        assertThat(batch(" [ ] ")).isEmpty();
    }

    static List<ReadEvent> batch(String body) {
        return JsonEvents.batch(utf8(body), 10, 100_000);
    }

    static ReadEvent one(byte[] body) {
        return JsonEvents.one(body, 0);
    }

    static Usage usage(String body) {
        return ((WellFormed) one(utf8(body))).usage();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
