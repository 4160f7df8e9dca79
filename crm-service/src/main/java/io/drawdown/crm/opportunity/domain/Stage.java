package io.drawdown.crm.opportunity.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stages of the pipeline, in order.
 *
 * <p>An open opportunity may go forward, skipping stages if need be, or back by one; a closed one stays closed.
 */
public enum Stage {
    QUALIFICATION,
    PROPOSAL,
    NEGOTIATION,
    CLOSED_WON,
    CLOSED_LOST;

    /** Whether the deal has ended, one way or the other. */
    public boolean isClosed() {
        return this == CLOSED_WON || this == CLOSED_LOST;
    }

    /** Whether an opportunity may go from this stage to the other; never to its own. */
    public boolean leadsTo(Stage next) {
        return !isClosed() && (next.ordinal() > ordinal() || next.ordinal() == ordinal() - 1);
    }

    /** The name as the API, the events and the table have it: lower case with dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stage of a label, if there is such a stage. */
    public static Optional<Stage> of(String label) {
        return Stream.of(values()).filter(stage -> stage.label().equals(label)).findFirst();
    }
}
