/**
 * How columns of PostgreSQL and values of Java become each other.
 */
@NullMarked
package io.drawdown.crm.sql;

import org.jspecify.annotations.NullMarked;
