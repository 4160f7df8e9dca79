package io.drawdown.chaos.load;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.JsonApi;
import io.drawdown.demo.client.StripeApi;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who uses what: many accounts that pay in different ways and live in different time zones, and a hot one with a third of all usage.
 *
 * @param ids the hot one first
 * @param zones by account id
 */
public record Accounts(List<String> ids, Map<String, ZoneId> zones) {

    /** Both ends of the day, offsets that are no whole hours, and clocks that are changed, one of them by half an hour. */
    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC",
                    "Pacific/Kiritimati",
                    "America/Los_Angeles",
                    "Asia/Kathmandu",
                    "Pacific/Pago_Pago",
                    "America/Havana",
                    "Australia/Lord_Howe")
            .map(ZoneId::of)
            .toList();

    private static final String HOT = "chaos-hot";
    private static final String FURTHER = "tokens";
    private static final int HOT_SHARE = 3;
    private static final String THRESHOLD = "20";
    private static final int WAYS_TO_PAY = 4;
    private static final int WITH_ANOTHER_WALLET = 3;
    private static final int ONE_IN_IS_CLOSED = 5;
    private static final int CLOSED = 4;
    private static final int ONE_IN_DISPUTES = 8;
    private static final int DISPUTES = 2;
    private static final Duration UNTIL_CUSTOMERS = Duration.ofMinutes(2);

    /**
     * The hot one and so many others.
     *
     * @param seed says who lives where
     */
    public static Accounts of(int others, long seed) {
        var cold = IntStream.rangeClosed(1, others).mapToObj("chaos-%02d"::formatted);
        var ids = Stream.concat(Stream.of(HOT), cold).toList();
        var zones = ids.stream().collect(Collectors.toMap(id -> id, id -> zone(seed + ids.indexOf(id))));
        return new Accounts(ids, zones);
    }

    private static ZoneId zone(long number) {
        return ZONES.get(Math.floorMod(number, ZONES.size()));
    }

    /** Where an account's hours, days and months begin. */
    public ZoneId zoneOf(String account) {
        return zones.getOrDefault(account, ZoneOffset.UTC);
    }

    /** The id of an account's main wallet. */
    public static String walletOf(String account) {
        return "wal_" + account;
    }

    /** The id of the wallet that an account may have besides. */
    public static String furtherOf(String account) {
        return "wal." + FURTHER + "_" + account;
    }

    /** Whether an account has two wallets. */
    public boolean hasFurther(String account) {
        return ids.indexOf(account) % WITH_ANOTHER_WALLET == 0;
    }

    /** Whether an account's wallets are paused and closed now and then. */
    public boolean isClosedAtTimes(String account) {
        return ids.indexOf(account) % ONE_IN_IS_CLOSED == CLOSED;
    }

    /** Any wallet that is paused and closed now and then; null when there is none. */
    @Nullable
    String anyClosedAtTimes(SplittableRandom random) {
        var wallets = ids.stream()
                .filter(this::isClosedAtTimes)
                .flatMap(account -> walletsOf(account).stream())
                .toList();
        return wallets.isEmpty() ? null : wallets.get(random.nextInt(wallets.size()));
    }

    /** The ids of an account's wallets, the main one first. */
    public List<String> walletsOf(String account) {
        return hasFurther(account) ? List.of(walletOf(account), furtherOf(account)) : List.of(walletOf(account));
    }

    /** The ids of all wallets. */
    public List<String> wallets() {
        return ids.stream().flatMap(account -> walletsOf(account).stream()).toList();
    }

    /** Makes all known, opens their wallets and puts cards on file; a quarter of these decline. */
    public Catalogue open(Environment environment, Consumer<String> progress) {
        var catalogue = Catalogue.publish(environment, zones);
        var wallets = environment.api("wallet", "billing");
        ids.forEach(account -> open(wallets, account, catalogue));
        progress.accept("%d wallets are open; waiting for their customers in Stripe"
                .formatted(wallets().size()));
        putCardsOnFile(environment.stripe());
        return catalogue;
    }

    private void open(JsonApi wallets, String account, Catalogue catalogue) {
        var opening = new HashMap<String, Object>(
                Map.of("accountId", account, "currency", "USD", "replenishment", policyOf(account, THRESHOLD)));
        wallets.post("/v1/wallets", opening, "open-" + account);
        if (hasFurther(account)) {
            opening.put("name", FURTHER);
            opening.put("meterIds", List.of(catalogue.meterId(ChaosMeter.TOKENS)));
            wallets.post("/v1/wallets", opening, "open-further-" + account);
        }
        walletsOf(account)
                .forEach(wallet -> wallets.put("/v1/wallets/" + wallet + "/overdraft-limit", Map.of("limit", "25.00")));
        settle(wallets, account, catalogue.meterId(ChaosMeter.IMAGES), "arrears");
        settle(wallets, account, catalogue.meterId(ChaosMeter.MINUTES), "prepaid-then-arrears");
    }

    private static void settle(JsonApi wallets, String account, String meterId, String mode) {
        wallets.put("/v1/wallets/" + walletOf(account) + "/settlements/" + meterId, Map.of("mode", mode));
    }

    /** How an account's wallets top themselves up, with a threshold in dollars. */
    Map<String, Object> policyOf(String account, String threshold) {
        var policy = new HashMap<String, Object>(Map.of("enabled", true, "threshold", threshold, "disableAfter", 0));
        switch (ids.indexOf(account) % WAYS_TO_PAY) {
            case 0 -> policy.put("amount", "150.00");
            case 1 -> policy.putAll(Map.of("amount", "40.00", "monthlyCap", "100.00"));
            case 2 -> policy.putAll(Map.of("target", "80.00", "minimumGapSeconds", 4));
            default -> policy.put("amount", "50.00");
        }
        return policy;
    }

    /** Whether this account's card declines every charge. */
    public boolean declines(String account) {
        return ids.indexOf(account) % WAYS_TO_PAY == WAYS_TO_PAY - 1;
    }

    /** Whether whoever owns this account's card disputes every charge. */
    public boolean disputes(String account) {
        return ids.indexOf(account) % ONE_IN_DISPUTES == DISPUTES;
    }

    private String cardOf(String account) {
        if (declines(account)) {
            return "pm_card_chargeCustomerFail";
        }
        return disputes(account) ? "pm_card_createDispute" : "pm_card_visa";
    }

    private void putCardsOnFile(StripeApi stripe) {
        var customers = customers(stripe);
        ids.forEach(account -> {
            var customer = String.valueOf(customers.get(account));
            var card = stripe.post("/v1/payment_methods/" + cardOf(account) + "/attach", Map.of("customer", customer))
                    .get("id")
                    .asString();
            stripe.post("/v1/customers/" + customer, Map.of("invoice_settings[default_payment_method]", card));
        });
    }

    private Map<String, String> customers(StripeApi stripe) {
        var deadline = System.nanoTime() + UNTIL_CUSTOMERS.toNanos();
        while (System.nanoTime() < deadline) {
            var found = customers(stripe::list);
            if (found.keySet().containsAll(ids)) {
                return found;
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        throw new IllegalStateException("Not every account has got a customer in Stripe");
    }

    /**
     * The ids of Stripe's customers by that of their account.
     *
     * @param stripe what Stripe lists on a path
     */
    public static Map<String, String> customers(Function<String, List<JsonNode>> stripe) {
        var found = new HashMap<String, String>();
        stripe.apply("/v1/customers")
                .forEach(customer ->
                        found.put(accountOf(customer), customer.get("id").asString()));
        return found;
    }

    private static String accountOf(JsonNode customer) {
        return customer.path("metadata").path("drawdown_account_id").asString("");
    }

    /** Any of an account's wallets. */
    String anyWalletOf(String account, SplittableRandom random) {
        var wallets = walletsOf(account);
        return wallets.get(random.nextInt(wallets.size()));
    }

    /** Any account; the hot one every third time. */
    String any(SplittableRandom random) {
        return random.nextInt(HOT_SHARE) == 0 ? HOT : ids.get(random.nextInt(ids.size()));
    }

    /** Switches the automatic top-ups off, so that all comes to rest. */
    public void stopReplenishing(JsonApi wallets) {
        wallets()
                .forEach(wallet -> wallets.put(
                        "/v1/wallets/" + wallet + "/replenishment",
                        Map.of("enabled", false, "threshold", "0", "amount", "0")));
    }
}
