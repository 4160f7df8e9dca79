package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.intake.ReadEvent.IllFormed;
import io.drawdown.usage.intake.ReadEvent.WellFormed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class BinaryEventTest {

    @Test
    void readsAttributesFromHeadersAndDataFromTheBody() {
        var event = (WellFormed) read(headers(), "{\"value\":0.10}");

        assertThat(event.usage().id()).isEqualTo("evt-1");
        assertThat(event.usage().subject()).isEqualTo("acc-1");
        assertThat(event.usage().data()).containsEntry("value", "0.10");
    }

    @Test
    void undoesThePercentEncodingOfHeaders() {
        var headers = headers();
        headers.set("CE-Subject", "M%C3%BCller%20%26%20S%c3%b6hne 100%");

        var event = (WellFormed) read(headers, "{}");

        assertThat(event.usage().subject()).isEqualTo("Müller & Söhne 100%");
    }

    @Test
    void takesTheQuotesOffAHeaderBeforeItUndoesThePercentEncoding() {
        var headers = headers();
        headers.set("ce-id", "\"evt-1\"");
        headers.set("ce-subject", "\"a\\\"b\\\\c%22 d\"");

        var event = (WellFormed) read(headers, "{}");

        assertThat(event.usage().id()).isEqualTo("evt-1");
        assertThat(event.usage().subject()).isEqualTo("a\"b\\c\" d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"evt", "evt\"", "e\"v\"t", "e\\vt", "%22evt%22"})
    void leavesQuotesThatDoNotEncloseAHeader(String id) {
        var headers = headers();
        headers.set("ce-id", id);

        assertThat(((WellFormed) read(headers, "{}")).usage().id()).isEqualTo(id.replace("%22", "\""));
    }

    /** The same event in another form, or from another client, would be another one. */
    @Test
    void doesNotGuessWhatAHeaderBeyondAsciiMeans() {
        var headers = headers();
        headers.set("ce-id", new String("Zürich".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));

        assertThat(((IllFormed) read(headers, "{}")).detail())
                .isEqualTo("header ce-id is not ASCII: percent-encode what is beyond, in UTF-8");
    }

    @Test
    void takesAnEmptyBodyForNoData() {
        assertThat(((WellFormed) read(headers(), "")).usage().data()).isEmpty();
    }

    @Test
    void refusesAHeaderThatStandsTwice() {
        var headers = headers();
        headers.add("ce-id", "evt-2");

        assertThat(((IllFormed) read(headers, "{}")).detail()).contains("ce-id stands 2 times");
    }

    @Test
    void refusesABodyOfAnotherType() {
        var headers = headers();
        headers.set("Content-Type", "text/plain");

        assertThat(((IllFormed) read(headers, "{}")).detail()).contains("text/plain");
    }

    @Test
    void hasItsAttributesAndItsDataAsItsOriginal() {
        var headers = headers();
        headers.set("ce-tenant", "blue");
        headers.setBearerAuth("secret");

        var original = read(headers, "{\"value\":1}").sent().bytes();

        assertThat(new String(original, StandardCharsets.ISO_8859_1))
                .contains("ce-id: evt-1\r\n", "ce-tenant: blue\r\n")
                .endsWith("\r\n\r\n{\"value\":1}")
                .doesNotContain("Authorization");
    }

    private static ReadEvent read(HttpHeaders headers, String body) {
        return BinaryEvent.read(headers, utf8(body));
    }

    static HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.set("ce-specversion", "1.0");
        headers.set("ce-id", "evt-1");
        headers.set("ce-source", "/gateway");
        headers.set("ce-type", "calls");
        headers.set("ce-subject", "acc-1");
        headers.set("Content-Type", "application/json");
        return headers;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
