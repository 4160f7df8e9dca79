package io.drawdown.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks through Stripe's lists, newest first; each page is a request of its own against the budget. */
final class Pages {

    /** The most that Stripe puts on a page. */
    static final long SIZE = 100;

    private Pages() {}

    /** Everything on the list. */
    static <T extends HasId> List<T> all(StripeCalls calls, PageRequest<T> request) {
        var all = new ArrayList<T>();
        walk(calls, request, all::add);
        return all;
    }

    /** Shows the visitor one object after the other until it answers false. */
    static <T extends HasId> void walk(StripeCalls calls, PageRequest<T> request, Predicate<T> visitor) {
        var page = pageAfter(calls, request, null);
        while (page.getData().stream().allMatch(visitor) && hasMore(page)) {
            page = pageAfter(calls, request, page.getData().getLast().getId());
        }
    }

    private static <T extends HasId> StripeCollection<T> pageAfter(
            StripeCalls calls, PageRequest<T> request, @Nullable String id) {
        return calls.read(() -> request.after(id));
    }

    private static boolean hasMore(StripeCollection<?> page) {
        return Boolean.TRUE.equals(page.getHasMore()) && !page.getData().isEmpty();
    }

    /** Asks for the page after an object; null for the first. */
    interface PageRequest<T extends HasId> {
        StripeCollection<T> after(@Nullable String id) throws StripeException;
    }
}
