package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceListParams;
import io.drawdown.sandbox.seed.DataSet;
import io.drawdown.sandbox.seed.HttpApi;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DataSetTest extends Sandboxed {

    static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

    /** Totals of the invoices by customer's email, oldest first. */
    Map<String, List<Long>> make(long number) throws StripeException {
        var progress = new AtomicInteger();
        new DataSet(7, 5, END, number).make(new HttpApi(URI.create(sandbox.baseUrl()), KEY), progress::set);
        assertThat(progress).hasValue(7);
        var totals = new TreeMap<String, List<Long>>();
        for (var clock : stripe.v1().testHelpers().testClocks().list().getData()) {
            assertThat(clock.getStatus()).isEqualTo("ready");
            assertThat(clock.getFrozenTime()).isEqualTo(END.getEpochSecond());
            var living =
                    CustomerListParams.builder().setTestClock(clock.getId()).build();
            for (var customer : stripe.v1().customers().list(living).getData()) {
                totals.put(customer.getEmail(), totals(customer.getId()));
            }
        }
        return totals;
    }

    List<Long> totals(String customer) throws StripeException {
        var mine =
                InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build();
        var totals = new ArrayList<Long>();
        stripe.v1().invoices().list(mine).getData().stream()
                .map(Invoice::getTotal)
                .forEach(totals::addFirst);
        return totals;
    }

    @Test
    void isTheSameForTheSameNumber() throws StripeException {
        var first = make(1);
        assertThat(first)
                .hasSize(7)
                .allSatisfy((_, totals) -> assertThat(totals).isNotEmpty());
        assertThat(first.values().stream().mapToInt(List::size).sum()).isGreaterThan(20);
        stopSandbox();
        startSandbox();
        assertThat(make(1)).isEqualTo(first);
        stopSandbox();
        startSandbox();
        assertThat(make(2)).isNotEqualTo(first);
    }
}
