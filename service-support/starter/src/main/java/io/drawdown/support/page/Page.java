package io.drawdown.support.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as {@code {"data": […], "nextCursor": "…"}}.
 *
 * @param data in the order of the list
 * @param nextCursor what to pass as {@code cursor} to get the page after this one; null on the last page. Callers do not
 *     look inside
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    public Page {
        data = List.copyOf(data);
    }

    /**
     * Makes a page of rows that were read with a limit of {@code limit + 1}: the extra row only tells that there is more.
     *
     * @param cursor the cursor that continues after a given row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }

    /** The same page with other elements. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(data.stream().<R>map(mapper).toList(), nextCursor);
    }
}
