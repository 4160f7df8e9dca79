package io.drawdown.wire.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A Confluent-compatible schema registry. Safe for use by several threads.
 *
 * <p>Every method but {@link #schema} asks the registry each time: callers keep what they learn. Each throws
 * {@link RegistryUnavailableException} when no URL answers within the configured attempts, and
 * {@link RegistryRefusedException} when the answer is no; 404 only when no URL that answers in time knows what was asked for.
 */
public final class SchemaRegistry {

    private final RegistryHttp http;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    public SchemaRegistry(RegistrySettings settings) {
        this.http = new RegistryHttp(settings);
    }

    /** The schema of an id; asked for once in this object's life. */
    public Schema schema(int id) {
        var known = byId.get(id);
        if (known != null) {
            return known;
        }
        var schema = parse(http.get("/schemas/ids/" + id), "id " + id);
        byId.put(id, schema);
        return schema;
    }

    /**
     * Registers a schema under a subject; the same schema again gives the same id.
     *
     * @param normalize whether the registry shall bring it into its normal form first
     */
    public int register(String subject, String schema, boolean normalize) {
        return id(http.post("/subjects/" + path(subject) + "/versions" + query(normalize), request(schema)));
    }

    /** The id of a schema that somebody has registered under the subject. */
    public int idOf(String subject, String schema, boolean normalize) {
        return id(http.post("/subjects/" + path(subject) + query(normalize), request(schema)));
    }

    /** The newest version of a subject. */
    public RegisteredSchema latest(String subject) {
        var answer = http.get("/subjects/" + path(subject) + "/versions/latest");
        return new RegisteredSchema(id(answer), parse(answer, "subject " + subject));
    }

    /**
     * Sets which changes a subject lets in.
     *
     * @param level such as {@code FULL_TRANSITIVE}
     */
    public void setCompatibility(String subject, String level) {
        http.put(
                "/config/" + path(subject), RegistryHttp.JSON.createObjectNode().put("compatibility", level));
    }

    private static ObjectNode request(String schema) {
        return RegistryHttp.JSON.createObjectNode().put("schema", schema).put("schemaType", "AVRO");
    }

    private static int id(JsonNode answer) {
        var id = answer.path("id");
        if (!id.isInt()) {
            throw new SerializationException("The schema registry's answer has no schema id: check that "
                    + RegistrySettings.URL + " names a Confluent-compatible API");
        }
        return id.intValue();
    }

    private static Schema parse(JsonNode answer, String what) {
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SerializationException("The schema of " + what + " is " + type + ", not Avro: the record was"
                    + " written by a producer of another format, which must write Avro or use another topic");
        }
        try {
            // Names that are not Java's may come from other languages; they only matter when a class is sought.
            // Defaults are for readers whose own schema this is, and it can take days to see whether they are right.
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) { // Also what is no type.
            throw new SerializationException(
                    "The schema of " + what + " in the registry is not readable Avro: " + e.getMessage(), e);
        }
    }

    private static String query(boolean normalize) {
        return normalize ? "?normalize=true" : "";
    }

    private static String path(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
