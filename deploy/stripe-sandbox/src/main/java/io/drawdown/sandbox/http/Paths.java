package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several sites behind one address.
 *
 * @param pages answers by what their paths begin with
 * @param others answers everything else
 */
public record Paths(Map<String, Function<Incoming, Outgoing>> pages, Site others) implements Site {

    @Override
    public @Nullable Outgoing answer(Incoming request) {
        for (var page : pages.entrySet()) {
            if (request.path().startsWith(page.getKey())) {
                return answer(page.getValue(), request);
            }
        }
        return others.answer(request);
    }

    private Outgoing answer(Function<Incoming, Outgoing> page, Incoming request) {
        try {
            return page.apply(request);
        } catch (ApiException refusal) {
            return refuse(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (IllegalArgumentException fault) {
            return refuse(400, String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public Outgoing refuse(int status, String message) {
        return others.refuse(status, message);
    }
}
