package io.drawdown.local.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of a service: the same ones that a deployment sets.
 *
 * @param ports the ports
 * @param secrets the secrets
 * @param user the database user
 * @param jdbcUrl the service's own database
 * @param data the folder for what the service keeps beside its database
 */
record ServiceEnvironment(Ports ports, Secrets secrets, String user, String jdbcUrl, Path data) {

    Map<String, String> of(Service service) {
        var variables = new TreeMap<String, String>();
        variables.put("SERVER_ADDRESS", "127.0.0.1");
        variables.put("SERVER_PORT", Integer.toString(ports.service(service.number())));
        variables.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.management(service.number())));
        variables.put("SPRING_DATASOURCE_URL", jdbcUrl);
        variables.put("SPRING_DATASOURCE_USERNAME", user);
        variables.put("SPRING_DATASOURCE_PASSWORD", secrets.postgresPassword());
        variables.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        variables.put(
                "DRAWDOWN_KAFKA_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7");
        addApiKeys(variables);
        if (service == Service.BILLING_SYNC) {
            addStripe(variables);
        }
        if (service == Service.USAGE_INGEST) {
            variables.put("DRAWDOWN_USAGE_STATEDIR", data.toString());
        }
        return variables;
    }

    private void addApiKeys(Map<String, String> variables) {
        for (var role : Role.values()) {
            var prefix = "DRAWDOWN_SECURITY_APIKEYS_" + role.ordinal() + "_";
            variables.put(prefix + "NAME", "local-" + role.label());
            variables.put(prefix + "SHA256", secrets.apiKeySha256(role));
            variables.put(prefix + "ROLES", role.label());
        }
    }

    private void addStripe(Map<String, String> variables) {
        variables.put("DRAWDOWN_STRIPE_API_KEY", secrets.stripeApiKey());
        variables.put("DRAWDOWN_STRIPE_API_BASE", "http://127.0.0.1:" + ports.stripe());
        variables.put("DRAWDOWN_STRIPE_WEBHOOK_SECRET", secrets.webhookSecret());
    }
}
