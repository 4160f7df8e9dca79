package io.drawdown.support.security;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.security.SecurityProperties.ApiKey;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The caller of a request: a controller gets it by a parameter of type {@link Principal}, whose name is the
 * key's name.
 */
public final class ApiKeyAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient Set<Role> roles;
    private final transient Allowed accounts;

    ApiKeyAuthentication(ApiKey key) {
        super(key.roles().stream()
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList());
        this.name = key.name();
        this.roles = key.roles();
        this.accounts = new Allowed(key.accounts());
        setAuthenticated(true);
    }

    /** What the key may do. */
    public Set<Role> roles() {
        return roles;
    }

    /** The accounts for which the caller may act: any, if it is not bound to some. */
    public static Allowed accounts(@Nullable Principal caller) {
        return caller instanceof ApiKeyAuthentication key ? key.accounts : Allowed.ANY;
    }

    /**
     * Lets the caller go on if it may act for an account.
     *
     * @throws ProblemException 403 {@code not-permitted} if its key is bound to others, whether the account exists or not
     */
    public static void requireAccount(@Nullable Principal caller, String accountId) {
        if (!accounts(caller).includes(accountId)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "not-permitted",
                    "The API key is bound to other accounts: use the right key, or extend its accounts under"
                            + " drawdown.security.api-keys");
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getPrincipal() {
        return name;
    }

    /** The key itself is forgotten once it is recognised. */
    @Override
    public Object getCredentials() {
        return "";
    }
}
