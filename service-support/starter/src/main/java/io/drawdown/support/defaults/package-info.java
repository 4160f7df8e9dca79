/**
 * How a service behaves when nobody says otherwise: threads, shutdown, management port, health, tracing, logs.
 *
 * <p>The values stand in {@code META-INF/drawdown/defaults.properties}. They have the lowest precedence of all: a service's
 * {@code application.yaml}, and everything above it, overrules each of them one by one.
 */
@NullMarked
package io.drawdown.support.defaults;

import org.jspecify.annotations.NullMarked;
