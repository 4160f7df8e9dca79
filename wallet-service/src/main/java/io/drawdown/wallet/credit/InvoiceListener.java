package io.drawdown.wallet.credit;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.wire.EventHeaders;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Credits what paid invoices bought. Invoices arrive whole, in any state and any number of times. */
@Component
class InvoiceListener {

    private final Credits credits;

    InvoiceListener(Credits credits) {
        this.credits = credits;
    }

    @KafkaListener(id = "invoices", idIsGroup = false, topics = Topic.Name.BILLING_INVOICES)
    void on(ConsumerRecord<String, SpecificRecord> record) {
        if (record.value() instanceof Invoice invoice && invoice.getStatus() == InvoiceStatus.PAID) {
            credits.creditInvoice(EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT), PaidLine.of(invoice));
        }
    }
}
