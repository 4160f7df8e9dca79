package io.drawdown.support.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests and results as JSON. Requests are written in one canonical form: members sorted, absent and null the same, so
 * that equal requests have equal fingerprints. Results are read whichever version of the service has written them: what this
 * one does not know any more, or not yet, is left out.
 */
final class JsonForm {

    private final JsonMapper results;
    private final JsonMapper requests;

    JsonForm(JsonMapper json) {
        this.results = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.requests = json.rebuild()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    /** SHA-256 of the canonical form, in hexadecimal; of any text, since it is not for this to refuse what is no Unicode. */
    String fingerprint(Object request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(requests.writeValueAsString(request).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    String write(Object result) {
        return results.writeValueAsString(result);
    }

    <T> T read(String result, Class<T> type) {
        return results.readValue(result, type);
    }
}
