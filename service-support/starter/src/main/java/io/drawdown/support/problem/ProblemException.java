package io.drawdown.support.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A refusal that the caller of an HTTP interface is to read: it becomes an RFC 9457 problem with these members. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String type;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    /**
     * @param type a slug such as {@code unknown-wallet}, to which the service's prefix is added, or a whole URN such as
     *     {@code urn:problem:wallet:unknown-wallet}
     * @param detail cause and remedy, for the eyes of the caller: no secret, no internals
     */
    public ProblemException(HttpStatus status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    /** As above, with a cause for the log; the caller does not see it. */
    public ProblemException(HttpStatus status, String type, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.status = status;
        this.type = type;
    }

    /** Adds an extension member to the problem, for a program to read; the value is written as JSON. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public HttpStatus status() {
        return status;
    }

    public String type() {
        return type;
    }

    /** The extension members in the order of their addition. */
    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }
}
