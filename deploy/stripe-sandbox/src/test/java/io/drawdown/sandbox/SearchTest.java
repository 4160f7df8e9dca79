package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import io.drawdown.sandbox.search.SearchSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest extends Sandboxed {

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withClock(now::get).withSearch(new SearchSettings(Duration.ofSeconds(60)));
    }

    void customers() throws StripeException {
        for (String name : List.of("Acme", "Bolt", "Crux")) {
            stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setName(name)
                            .setEmail(name + "@mail.test")
                            .putMetadata("plan", name.equals("Bolt") ? "free" : "paid's")
                            .build());
        }
        now.set(now.get().plusSeconds(60));
    }

    List<String> find(String query) throws StripeException {
        return stripe
                .v1()
                .customers()
                .search(CustomerSearchParams.builder().setQuery(query).build())
                .getData()
                .stream()
                .map(Customer::getName)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "name:\"acme\"; Acme",
                "email~\"@mail.\"; Crux,Bolt,Acme",
                "metadata[\"plan\"]:\"paid's\"; Crux,Acme",
                "metadata['plan']:'paid\\'s' AND name:'Crux'; Crux",
                "name:\"Acme\" OR name:\"Bolt\"; Bolt,Acme",
                "-name:\"Acme\"; Crux,Bolt",
                "phone:null AND -email:null; Crux,Bolt,Acme",
                "-metadata[\"other\"]:null; ``",
                "created>0 created<=99999999999; Crux,Bolt,Acme",
                "created<0; ``",
            })
    void findsWhatTheQuerySays(String query, String names) throws StripeException {
        customers();
        assertThat(String.join(",", find(query))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name:",
                "name:\"A\" AND",
                "shoe_size:\"44\"",
                "name:\"A\" AND name:\"B\" OR name:\"C\"",
                "name~\"ab\"",
                "created~\"123\"",
                "name>\"5\"",
                "created>\"soon\"",
                "((((((((((",
                "a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1"
            })
    void refusesWhatIsNoQuery(String query) {
        var answer = send("GET", "/v1/customers/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("param").asString()).isEqualTo("query");
    }

    @Test
    void leadsFromPageToPage() throws StripeException {
        customers();
        var first = stripe.v1()
                .customers()
                .search(CustomerSearchParams.builder()
                        .setQuery("created>0")
                        .setLimit(2L)
                        .build());
        assertThat(first.getHasMore()).isTrue();
        var second = stripe.v1()
                .customers()
                .search(CustomerSearchParams.builder()
                        .setQuery("created>0")
                        .setLimit(2L)
                        .setPage(first.getNextPage())
                        .build());
        assertThat(second.getData()).extracting(Customer::getName).containsExactly("Acme");
        assertThat(second.getHasMore()).isFalse();
        assertThat(second.getNextPage()).isNull();
    }

    @Test
    void knowsNothingOfWhatIsNew() throws StripeException {
        customers();
        stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("New").build());
        assertThat(find("name:\"New\"")).isEmpty();
        now.set(now.get().plusSeconds(60));
        assertThat(find("name:\"New\"")).containsExactly("New");
    }

    @Test
    void servesEveryResourceThatHasOne() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 4500);
        stripe.v1().invoices().pay(invoice.getId());
        send("POST", "/v1/products", "name=Credit&default_price_data[currency]=usd&default_price_data[unit_amount]=1");
        now.set(now.get().plusSeconds(60));
        for (String search : List.of(
                "charges/search?query=amount%3A4500&expand[]=data.customer",
                "invoices/search?query=total%3E4499",
                "payment_intents/search?query=status%3A%22succeeded%22",
                "prices/search?query=active%3A%22true%22",
                "products/search?query=name~%22red%22")) {
            assertThat(json(send("GET", "/v1/" + search, "")).path("data").size())
                    .as(search)
                    .isEqualTo(1);
        }
    }
}
