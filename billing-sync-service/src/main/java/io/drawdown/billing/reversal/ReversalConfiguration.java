package io.drawdown.billing.reversal;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.invoice.InvoiceSource;
import io.drawdown.billing.mirror.ObjectReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One reader for each kind. */
@Configuration(proxyBeanMethods = false)
class ReversalConfiguration {

    @Bean
    ObjectReader refundReader(ReversalSource stripe, InvoiceSource invoices, CustomerLinks customers) {
        return new ReversalReader(ObjectKind.REFUND, stripe, invoices, customers);
    }

    @Bean
    ObjectReader disputeReader(ReversalSource stripe, InvoiceSource invoices, CustomerLinks customers) {
        return new ReversalReader(ObjectKind.DISPUTE, stripe, invoices, customers);
    }

    @Bean
    ObjectReader creditNoteReader(ReversalSource stripe, InvoiceSource invoices, CustomerLinks customers) {
        return new ReversalReader(ObjectKind.CREDIT_NOTE, stripe, invoices, customers);
    }
}
