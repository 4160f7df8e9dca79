package io.drawdown.support.security;

import io.drawdown.support.security.SecurityProperties.ApiKey;
import java.util.Set;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The caller of a request: a controller gets it by a parameter of type {@link java.security.Principal}, whose name is the
 * key's name.
 */
public final class ApiKeyAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient Set<Role> roles;

    ApiKeyAuthentication(ApiKey key) {
        super(key.roles().stream()
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList());
        this.name = key.name();
        this.roles = key.roles();
        setAuthenticated(true);
    }

    /** What the key may do. */
    public Set<Role> roles() {
        return roles;
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
