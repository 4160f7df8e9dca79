package io.drawdown.local;

import io.drawdown.local.platform.Environment;
import io.drawdown.local.platform.Home;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table at the end of {@code up}: addresses, keys, and what to try next. */
final class Summary {

    private Summary() {}

    static String of(Environment environment, Home home) {
        return """

                Addresses
                %s
                  %-16s %s
                  %-16s jdbc:postgresql://%s:%d/wallet (user %s, password in %s)

                API keys, sent as "Authorization: Bearer KEY"
                %s
                  %-16s %s

                Try
                  deploy/drawdown demo          the whole loop, from a lead to a topped-up wallet
                  deploy/drawdown status        what runs, its memory and health
                  deploy/drawdown logs wallet   what a service says
                  curl -s %s/healthz
                  curl -s -H 'Authorization: Bearer %s' '%s/v1/catalog/prices'
                  curl -s -H 'Authorization: Bearer %s' '%s/v1/reports/revenue'
                  deploy/drawdown down          stop it all; the data stays""".formatted(
                        rows(environment.urls()),
                        "kafka",
                        environment.kafka(),
                        "postgres",
                        environment.postgres().host(),
                        environment.postgres().port(),
                        environment.postgres().user(),
                        home.environment(),
                        rows(environment.apiKeys()),
                        "stripe",
                        environment.stripeApiKey(),
                        environment.urls().get("stripe"),
                        environment.apiKeys().get("billing"),
                        environment.urls().get("crm"),
                        environment.apiKeys().get("finance"),
                        environment.urls().get("reporting"));
    }

    private static String rows(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "  %-16s %s", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
