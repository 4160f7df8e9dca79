package io.drawdown.billing.replenishment;

import io.drawdown.billing.mirror.ObjectRefreshed;
import io.drawdown.billing.work.WorkLoop;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hurries a replenishment that waits for what has just been heard of its invoice or payment. */
@Component
class NewsListener {

    private final Replenishments replenishments;
    private final WorkLoop replenishmentLoop;
    private final Clock clock;

    NewsListener(Replenishments replenishments, WorkLoop replenishmentLoop, Clock clock) {
        this.replenishments = replenishments;
        this.replenishmentLoop = replenishmentLoop;
        this.clock = clock;
    }

    @EventListener
    void on(ObjectRefreshed news) {
        switch (news.object().kind()) {
            case INVOICE, PAYMENT -> hurry(news.object().id());
            case CUSTOMER, PRODUCT, PRICE, METER, REFUND, DISPUTE, CREDIT_NOTE -> {}
        }
    }

    private void hurry(String invoiceOrPaymentId) {
        if (replenishments.hurry(invoiceOrPaymentId, clock.instant()) > 0) {
            replenishmentLoop.wake();
        }
    }
}
