package io.drawdown.chaos.load;

import java.math.BigDecimal;

/** What is used in a run, each meter in a way of its own. */
public enum ChaosMeter {
    /** Paid for by the account's main wallet. */
    CALLS("chaos_calls", "0.01"),
    /** Paid for by whichever wallet the meter is routed to, and by grants for nothing else. */
    TOKENS("chaos_tokens", "0.0035"),
    /** Its price comes and goes: what is used while there is none is parked. */
    STORAGE("chaos_storage", "0.02"),
    /** Settles in every way, one after the other. */
    MINUTES("chaos_minutes", "0.004"),
    /** Settles in arrears. */
    IMAGES("chaos_images", "0.05"),
    /** Does not exist. */
    NOTHING("chaos_nothing", "0");

    private final String eventName;
    private final BigDecimal unitPrice;

    ChaosMeter(String eventName, String unitPrice) {
        this.eventName = eventName;
        this.unitPrice = new BigDecimal(unitPrice);
    }

    /** The name under which its usage is reported. */
    public String eventName() {
        return eventName;
    }

    /** What so much of it costs. */
    public BigDecimal cost(BigDecimal quantity) {
        return quantity.multiply(unitPrice);
    }

    BigDecimal unitPrice() {
        return unitPrice;
    }

    /** Whether it is there at all. */
    public boolean exists() {
        return this != NOTHING;
    }

    /** Whether nobody but a wallet ever pays for it. */
    public boolean isAlwaysPrepaid() {
        return this == CALLS || this == TOKENS || this == STORAGE;
    }
}
