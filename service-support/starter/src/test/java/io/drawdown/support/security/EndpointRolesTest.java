package io.drawdown.support.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.security.EndpointRoles.Rule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class EndpointRolesTest {

    final EndpointRoles endpoints = EndpointRoles.closed()
            .allow(HttpMethod.GET, "/v1/wallets/{id}/ledger", Role.CS)
            .allow(HttpMethod.GET, "/v1/wallets/**", Role.BILLING);

    @Test
    void letsTheFirstMatchingRuleDecide() {
        assertThat(find(HttpMethod.GET, "/v1/wallets/w-1/ledger"))
                .map(Rule::roles)
                .hasValueSatisfying(roles -> assertThat(roles).containsExactlyInAnyOrder(Role.CS, Role.ADMIN));
        assertThat(find(HttpMethod.GET, "/v1/wallets"))
                .map(Rule::roles)
                .hasValueSatisfying(roles -> assertThat(roles).containsExactlyInAnyOrder(Role.BILLING, Role.ADMIN));
    }

    @Test
    void treatsHeadAsGet() {
        assertThat(find(HttpMethod.HEAD, "/v1/wallets")).isPresent();
    }

    @Test
    void findsNothingForAnotherMethodOrPath() {
        assertThat(find(HttpMethod.POST, "/v1/wallets")).isEmpty();
        assertThat(find(HttpMethod.GET, "/v1/walletsandmore")).isEmpty();
    }

    @Test
    void refusesARuleWithoutARole() {
        assertThatThrownBy(() -> endpoints.allow(HttpMethod.GET, "/v1/all")).hasMessageContaining("permitAll");
    }

    Optional<Rule> find(HttpMethod method, String path) {
        return endpoints.find(method, PathContainer.parsePath(path));
    }
}
