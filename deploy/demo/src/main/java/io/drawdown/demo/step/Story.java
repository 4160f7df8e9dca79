package io.drawdown.demo.step;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.JsonApi;
import io.drawdown.demo.client.ProductBackend;
import io.drawdown.demo.client.StripeApi;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the steps hand on: the way in, a name for this run, and the ids that came to be. */
public final class Story implements AutoCloseable {

    private final Environment environment;
    private final Path environmentFile;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final ProductBackend backend;
    private final Map<Fact, String> facts = new HashMap<>();

    public Story(Environment environment, Path environmentFile) {
        this.environment = environment;
        this.environmentFile = environmentFile;
        this.backend = new ProductBackend(environment, "/demo/backend/" + run);
    }

    private Story(Story first) {
        this.environment = first.environment;
        this.environmentFile = first.environmentFile;
        this.backend = first.backend;
    }

    /** A story of another account, told at the same time with the same backend; closed with this one. */
    Story another() {
        return new Story(this);
    }

    /** What later steps need to know. */
    enum Fact {
        ACCOUNT,
        CUSTOMER,
        METER,
        CREDIT_PRICE,
        WALLET
    }

    void remember(Fact fact, String value) {
        facts.put(fact, value);
    }

    String recall(Fact fact) {
        var value = facts.get(fact);
        if (value == null) {
            throw new NoSuchElementException("No step has told what the " + fact + " is");
        }
        return value;
    }

    /** Eight characters that tell this run's objects from those of earlier ones. */
    String run() {
        return run;
    }

    Path environmentFile() {
        return environmentFile;
    }

    JsonApi crm() {
        return environment.api("crm", "sales");
    }

    JsonApi catalogue() {
        return environment.api("crm", "billing");
    }

    JsonApi wallets() {
        return environment.api("wallet", "billing");
    }

    JsonApi ingest() {
        return environment.api("usage-ingest", "ingest");
    }

    JsonApi refusals() {
        return environment.api("usage-ingest", "billing");
    }

    JsonApi corrections() {
        return environment.api("usage-ingest", "billing");
    }

    JsonApi reports() {
        return environment.api("reporting", "finance");
    }

    StripeApi stripe() {
        return environment.stripe();
    }

    ProductBackend backend() {
        return backend;
    }

    JsonNode wallet() {
        return wallets().get("/v1/wallets/" + recall(Fact.WALLET));
    }

    /** The wallet's settled balance in dollars. */
    BigDecimal balance() {
        return Json.decimal(wallet(), "settled");
    }

    @Override
    public void close() {
        backend.close();
    }
}
