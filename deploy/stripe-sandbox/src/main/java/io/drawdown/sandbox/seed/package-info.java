/**
 * A sandbox that does not begin empty: a file of API calls, one a line, that a person can write and read.
 *
 * <pre>
 * # Two customers, one of them with a card that declines.
 * plan = POST /v1/products name="Gate plan"
 * acme = POST /v1/customers name="Acme AG" email=billing@acme.example
 * POST /v1/prices product=$plan currency=usd unit_amount=4900 recurring[interval]=month
 * due  = POST /v1/invoices customer=$acme
 * POST /v1/invoices/$due/pay -&gt; 400
 * </pre>
 *
 * <p>{@code $name} stands for the id that a named line answered with, {@code $name.some.field} for another of its
 * fields, {@code $$} for a dollar. Words with spaces stand in quotes. A line must succeed, or give the status after the
 * arrow. A line that advances a test clock waits until it is ready.
 */
@NullMarked
package io.drawdown.sandbox.seed;

import org.jspecify.annotations.NullMarked;
