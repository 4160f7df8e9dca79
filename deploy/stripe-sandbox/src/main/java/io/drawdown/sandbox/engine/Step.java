package io.drawdown.sandbox.engine;

import tools.jackson.databind.node.ObjectNode;

/** What the sandbox does by itself with an object: because it has become due, or because of an event about it. */
@FunctionalInterface
public interface Step {

    /**
     * Moves the object on.
     *
     * @param tx of a due object, its {@code now} is the instant that it was due, whenever this runs
     * @param object a copy; one that was due no longer is: the step stores it with its next due time, if there is one
     */
    void take(Transaction tx, ObjectNode object);
}
