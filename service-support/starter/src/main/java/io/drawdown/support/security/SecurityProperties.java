package io.drawdown.support.security;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call this service.
 *
 * @param apiKeys the keys that are accepted; without any, every endpoint that asks for a key is closed
 */
@ConfigurationProperties("drawdown.security")
public record SecurityProperties(@DefaultValue List<ApiKey> apiKeys) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * One accepted key.
     *
     * @param name who calls with it, for logs and the audit trail; several keys may have the same name while one replaces
     *     another
     * @param sha256 the key's SHA-256 in hexadecimal, as {@code printf %s "$KEY" | sha256sum} prints it
     * @param roles what it may do
     * @param accounts ids of the accounts for which a product backend may act, a star at the end of one for any rest; any
     *     account when empty. Only a key of role {@code ingest} can be bound: other roles work on all accounts
     */
    public record ApiKey(
            String name,
            String sha256,
            Set<Role> roles,
            @DefaultValue List<String> accounts) {

        public ApiKey {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException(
                        "An API key has no name; set drawdown.security.api-keys[n].name to who calls with it");
            }
            sha256 = sha256 == null ? "" : sha256.toLowerCase(Locale.ROOT);
            if (!SHA_256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("The sha256 of API key '" + name
                        + "' is not 64 hexadecimal digits; set it to the output of: printf %s \"$KEY\" | sha256sum");
            }
            if (roles == null || roles.isEmpty()) {
                throw new IllegalArgumentException("API key '" + name
                        + "' has no role and could call nothing; set drawdown.security.api-keys[n].roles");
            }
            roles = Set.copyOf(roles);
            accounts = accounts == null ? List.of() : List.copyOf(accounts);
            if (!accounts.isEmpty() && !roles.equals(Set.of(Role.INGEST))) {
                throw new IllegalArgumentException("API key '" + name + "' is bound to accounts and has the roles "
                        + roles + ": only role ingest can be bound; give it that role alone, or no accounts");
            }
        }

        @Override
        public String toString() {
            return "ApiKey[" + name + ", " + roles + ", " + accounts + "]";
        }
    }
}
