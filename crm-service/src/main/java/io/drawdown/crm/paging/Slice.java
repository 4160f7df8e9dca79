package io.drawdown.crm.paging;

import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Which part of a list is asked for.
 *
 * @param cursor id of the last row seen; absent at the list's beginning
 * @param limit how many rows are wanted, 1 to 200
 */
public record Slice(@Nullable String cursor, int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /**
     * The slice that a request asks for.
     *
     * @throws ProblemException 400 when the limit is out of range
     */
    public static Slice of(@Nullable String cursor, @Nullable Integer limit) {
        var wanted = limit == null ? DEFAULT_LIMIT : limit;
        if (wanted < 1 || wanted > MAX_LIMIT) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "limit-out-of-range",
                    "limit is " + wanted + ": ask for 1 to " + MAX_LIMIT + " rows, and for more by nextCursor.");
        }
        return new Slice(cursor, wanted);
    }

    /** How many rows to read: one more than wanted, to know whether there are more. */
    public int rows() {
        return limit + 1;
    }

    /**
     * The page that the rows read make.
     *
     * @param read up to {@link #rows()} rows
     * @param idOf what continues the list after a row
     */
    public <R, T> Page<T> page(List<R> read, Function<R, T> view, Function<R, String> idOf) {
        return Page.of(read, limit, idOf).map(view);
    }
}
