package io.drawdown.sandbox.engine;

import tools.jackson.databind.node.ObjectNode;

/** What an operation does: changes through the call's transaction, and the stored form of what it answers. */
@FunctionalInterface
public interface Handler {

    ObjectNode handle(Call call);
}
