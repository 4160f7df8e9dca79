package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;

/** The handlers that all resources share. */
public final class Reading {

    private Reading() {}

    /** Answers with the object that the path names. */
    public static Handler retrieve(ResourceType type) {
        return call -> call.tx().require(type, call.id(), null);
    }

    /** Answers with the object, or with its stub when it has been deleted. */
    public static Handler retrieveEvenDeleted(ResourceType type) {
        return call -> {
            var found = call.tx().find(type, call.id());
            if (found == null) {
                throw ApiException.noSuch(type.label(), call.id(), null);
            }
            return found;
        };
    }

    /** Answers with the page that the parameters ask for. */
    public static Handler list(ResourceType type) {
        return call -> Listing.page(call, type);
    }
}
