package io.drawdown.support.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@code @SpringBootTest} real servers, by setting {@code spring.datasource.*},
 * {@code spring.kafka.bootstrap-servers} and {@code drawdown.kafka.schema-registry-url}.
 *
 * <p>The servers are those of {@link Platform}. The database is empty and belongs to the context alone; tests that share
 * a cached context share its database. Leave out what a test does not need, it starts the sooner. Contexts are cached by
 * these three attributes among others, so tests of one service do well to agree on them.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface UsesPlatform {

    /** Whether an empty database is wanted. */
    boolean postgres() default true;

    /** Whether a broker with all topics of the catalogue is wanted. */
    boolean kafka() default true;

    /** Whether a schema registry is wanted. */
    boolean registry() default true;
}
