package io.drawdown.support.idempotency;

import io.drawdown.support.problem.ProblemException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs a state-changing request once per idempotency key.
 *
 * <pre>{@code
 * return requests.execute("open-wallet", idempotencyKey, request, Wallet.class, () -> wallets.open(request));
 * }</pre>
 */
public final class IdempotentRequests {

    /** The request header that carries the key. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;

    private final TransactionOperations transactions;
    private final RequestMemory memory;
    private final JsonForm json;

    IdempotentRequests(TransactionOperations transactions, RequestMemory memory, JsonForm json) {
        this.transactions = transactions;
        this.memory = memory;
        this.json = json;
    }

    /**
     * Runs the action and remembers its result in one transaction, or returns what is remembered.
     *
     * <p>The action joins the transaction: all its database writes count, and it must not open one of its own. What it
     * does elsewhere is not rolled back with it. An exception from the action rolls everything back and is passed on; the
     * key is then free again. Concurrent repeats wait for the first, each holding a database connection.
     *
     * @param operation what is asked for, such as {@code open-wallet}; keys of different operations are independent. Add
     *     what separates callers when two of them may pick the same key
     * @param idempotencyKey the value of the header, 1 to 255 characters
     * @param request all of the request that matters, path variables included; its JSON form is what is compared
     * @param resultType what the remembered JSON is read back as
     * @return the action's result; the remembered one is equal to it as JSON
     * @throws ProblemException 400 {@code idempotency-key-required} without a key or with an overlong one; 409
     *     {@code idempotency-key-reused} if the key was used for another request; 409 {@code request-in-progress} if the
     *     first request of the key does not end within {@code drawdown.idempotency.wait-limit}
     */
    public <T> T execute(
            String operation,
            @Nullable String idempotencyKey,
            Object request,
            Class<T> resultType,
            Supplier<T> action) {
        var entry = new RequestMemory.Entry(operation, validated(idempotencyKey), json.fingerprint(request));
        return Objects.requireNonNull(transactions.execute(_ -> once(entry, resultType, action)));
    }

    private <T> T once(RequestMemory.Entry entry, Class<T> resultType, Supplier<T> action) {
        if (!memory.claim(entry)) {
            return json.read(memory.resultOf(entry), resultType);
        }
        var result = action.get();
        memory.remember(entry, json.write(result));
        return result;
    }

    /**
     * What refuses another request under a key that has been used. For actions that know of a request whose memory is gone:
     * what it has done bears an id that was made of the key.
     */
    public static ProblemException reused(@Nullable String idempotencyKey) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "idempotency-key-reused",
                "The idempotency key '" + idempotencyKey
                        + "' was used for another request. Repeat that request unchanged to"
                        + " get its result, or send this one with a new key.");
    }

    private static String validated(@Nullable String key) {
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "idempotency-key-required",
                    "This request changes state and needs the header " + HEADER + " with 1 to " + LONGEST_KEY
                            + " characters, the same for every repeat of it. A random UUID will do.");
        }
        return key;
    }
}
