package io.drawdown.support.problem;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** Says where a request could not be read, without the class names that a parser's own message would give away. */
final class UnreadableRequest {

    private UnreadableRequest() {}

    static String explain(ServerWebInputException error) {
        var parser = parserError(error);
        if (parser instanceof StreamReadException) {
            return "The body is not valid JSON" + position(parser) + ". Correct it and send it again.";
        }
        if (parser != null) {
            return "The body does not have the expected form at '" + path(parser) + "'" + position(parser)
                    + ". Compare it with /v3/api-docs.";
        }
        return parameter(error) + reason(error) + " Compare the request with /v3/api-docs.";
    }

    private static @Nullable JacksonException parserError(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException parser) {
                return parser;
            }
        }
        return null;
    }

    private static String path(JacksonException error) {
        return error.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String position(JacksonException error) {
        var location = error.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String parameter(ServerWebInputException error) {
        var parameter = error.getMethodParameter();
        return parameter == null || parameter.getParameterName() == null
                ? ""
                : "Parameter '" + parameter.getParameterName() + "': ";
    }

    private static String reason(ServerWebInputException error) {
        var reason = error.getReason();
        return reason == null ? "The request cannot be read." : reason;
    }
}
