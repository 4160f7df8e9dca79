package io.drawdown.support.problem;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * What is answered.
 *
 * @param type a slug or a whole URN
 * @param members extension members
 * @param headers response headers that belong to the problem, such as {@code Allow}
 */
record Problem(HttpStatusCode status, String type, String detail, Map<String, Object> members, HttpHeaders headers) {

    static Problem of(HttpStatusCode status, String type, String detail) {
        return new Problem(status, type, detail, Map.of(), HttpHeaders.EMPTY);
    }

    Problem withHeaders(HttpHeaders added) {
        return new Problem(status, type, detail, members, added);
    }

    Problem withErrors(List<FieldProblem> errors) {
        return new Problem(status, type, detail, Map.of("errors", errors), headers);
    }

    /**
     * One field or parameter that was refused.
     *
     * @param field its path in the request, such as {@code amount.currency}
     * @param message what is wrong with it
     */
    record FieldProblem(String field, String message) {}
}
