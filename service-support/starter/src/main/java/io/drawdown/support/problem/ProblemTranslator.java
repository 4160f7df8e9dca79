package io.drawdown.support.problem;

import io.drawdown.support.problem.Problem.FieldProblem;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Decides which problem an exception is. What it does not know is a 500, and is logged with its stack. */
final class ProblemTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);
    private static final String INVALID = "invalid-request";

    Problem translate(Throwable error, String request) {
        return switch (error) {
            case ProblemException refusal ->
                new Problem(
                        refusal.status(),
                        refusal.type(),
                        String.valueOf(refusal.getMessage()),
                        refusal.members(),
                        HttpHeaders.EMPTY);
            case WebExchangeBindException invalid -> invalid(fieldErrors(invalid.getAllErrors()));
            case HandlerMethodValidationException invalid -> invalid(parameterErrors(invalid));
            case ServerWebInputException unreadable ->
                Problem.of(HttpStatus.BAD_REQUEST, "unreadable-request", UnreadableRequest.explain(unreadable));
            case DataBufferLimitException _ ->
                Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "request-too-large",
                        "The body is larger than this endpoint takes; send it in smaller parts.");
            case ErrorResponse refused -> refused(refused, request);
            case TransientDataAccessException _,
                    DataAccessResourceFailureException _,
                    CannotCreateTransactionException _ -> unavailable(error, request);
            default -> unexpected(error, request);
        };
    }

    private static Problem invalid(List<FieldProblem> errors) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        INVALID,
                        "The request has " + errors.size()
                                + " invalid value(s); 'errors' names each. Correct and resend.")
                .withErrors(errors);
    }

    private static List<FieldProblem> fieldErrors(List<ObjectError> errors) {
        return errors.stream().map(ProblemTranslator::fieldProblem).toList();
    }

    private static FieldProblem fieldProblem(ObjectError error) {
        var field = error instanceof FieldError fieldError ? fieldError.getField() : error.getObjectName();
        return new FieldProblem(field, message(error.getDefaultMessage()));
    }

    private static List<FieldProblem> parameterErrors(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(ProblemTranslator::parameterProblems)
                .toList();
    }

    private static Stream<FieldProblem> parameterProblems(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return fieldErrors(body.getAllErrors()).stream();
        }
        var name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldProblem(name, message(error.getDefaultMessage())));
    }

    private static String message(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "is invalid" : message;
    }

    private static Problem refused(ErrorResponse refused, String request) {
        var detail = switch (refused) {
            case MethodNotAllowedException e ->
                "The path exists, but not for this method; it takes " + e.getSupportedMethods() + ".";
            case UnsupportedMediaTypeStatusException e ->
                "The content type is not supported here; send one of " + e.getSupportedMediaTypes() + ".";
            default -> detail(refused, request);
        };
        return Problem.of(refused.getStatusCode(), type(refused), detail).withHeaders(refused.getHeaders());
    }

    private static String detail(ErrorResponse refused, String request) {
        if (refused.getStatusCode().value() == HttpStatus.NOT_FOUND.value()) {
            return "Nothing answers " + request + "; the paths that exist are listed at /v3/api-docs.";
        }
        var given = refused.getBody().getDetail();
        return given == null ? "The request was refused: " + refused.getStatusCode() + "." : given;
    }

    /** Who names a type of ours keeps it; Spring's own exceptions leave it blank. */
    private static String type(ErrorResponse refused) {
        var type = refused.getBody().getType();
        return type != null && "urn".equals(type.getScheme()) ? type.toString() : slug(refused);
    }

    private static String slug(ErrorResponse refused) {
        var known = HttpStatus.resolve(refused.getStatusCode().value());
        return known == null
                ? "status-" + refused.getStatusCode().value()
                : known.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    private static Problem unavailable(Throwable error, String request) {
        LOG.warn("{} could not be served, the database is busy or away: {}", request, error.toString());
        var retry = new HttpHeaders();
        retry.set(HttpHeaders.RETRY_AFTER, "1");
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "temporarily-unavailable",
                        "The database is busy or away. Nothing was changed by this answer; repeat the request with the same"
                                + " Idempotency-Key in a moment.")
                .withHeaders(retry);
    }

    private static Problem unexpected(Throwable error, String request) {
        LOG.error("{} failed unexpectedly", request, error);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something failed on our side and is in our log. Repeat the request with the same Idempotency-Key; if it"
                        + " fails again, report the trace id.");
    }
}
