package io.drawdown.sandbox.engine;

import tools.jackson.databind.node.ObjectNode;

/** What the sandbox does by itself with an object that has become due. */
@FunctionalInterface
public interface Step {

    /**
     * Moves the object on.
     *
     * @param tx its {@code now} is the instant that the object was due, whenever this runs
     * @param object a copy, no longer due: the step stores it with its next due time, if there is one
     */
    void take(Transaction tx, ObjectNode object);
}
