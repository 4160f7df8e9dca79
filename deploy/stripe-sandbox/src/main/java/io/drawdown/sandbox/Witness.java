package io.drawdown.sandbox;

import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees everything that sandboxes say, whoever started them: implementations are found with
 * {@link java.util.ServiceLoader}. Called by many threads at once.
 */
public interface Witness {

    /**
     * After each answer of the API and its control, before it is sent; an exception cuts the connection instead.
     *
     * @param request null for what was no HTTP request
     */
    void answered(@Nullable Incoming request, Outgoing answer);

    /** For each event, as it is served; inside its transaction, which may yet be undone. */
    void happened(ObjectNode event);
}
