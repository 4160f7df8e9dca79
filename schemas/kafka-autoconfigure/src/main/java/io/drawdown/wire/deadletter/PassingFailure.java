package io.drawdown.wire.deadletter;

/**
 * What a service knows to pass by waiting beside what {@link PatientErrorHandler} knows itself; declare it as a bean.
 *
 * <p>For conflicts of a library of the service's own, for instance, in whose exception nothing tells that another try would
 * go through.
 */
@FunctionalInterface
public interface PassingFailure {

    /**
     * Whether the same record may go through later although nothing about it has changed.
     *
     * @param failure one link of the chain of causes; each is asked about
     */
    boolean passes(Throwable failure);
}
