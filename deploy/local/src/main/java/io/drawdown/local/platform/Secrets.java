package io.drawdown.local.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What only the owner of this platform knows; made at the first start and kept.
 *
 * @param apiKeys the key of each role, by {@link Role#label()}
 * @param stripeApiKey the sandbox's key
 * @param webhookSecret what the sandbox signs its webhooks with
 * @param postgresPassword the password of the one database user
 */
public record Secrets(Map<String, String> apiKeys, String stripeApiKey, String webhookSecret, String postgresPassword) {

    private static final int BYTES = 24;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Reads the secrets of this file, or makes new ones and writes it. */
    public static Secrets of(Path file) {
        try {
            if (Files.exists(file)) {
                return JSON.readValue(Files.readString(file), Secrets.class);
            }
            var made = make(new SecureRandom());
            OwnerOnly.write(file, JSON.writeValueAsString(made));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read or write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The key of a role. */
    public String apiKey(Role role) {
        return java.util.Objects.requireNonNull(apiKeys.get(role.label()), "no key for " + role);
    }

    /** The SHA-256 of a role's key in hexadecimal: all that a service is told. */
    public String apiKeySha256(Role role) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(apiKey(role).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has it.
        }
    }

    private static Secrets make(SecureRandom random) {
        var keys = new LinkedHashMap<String, String>();
        for (var role : Role.values()) {
            keys.put(role.label(), "dk_" + role.label() + "_" + token(random));
        }
        return new Secrets(keys, "sk_test_" + token(random), "whsec_" + token(random), token(random));
    }

    /** Letters and digits only, so that it can stand in a URL, a shell and a properties file as it is. */
    private static String token(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .replace('-', 'a')
                .replace('_', 'b');
    }
}
