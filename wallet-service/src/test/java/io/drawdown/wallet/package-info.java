/** Tests of the whole service on real PostgreSQL, Kafka and schema registry. */
package io.drawdown.wallet;
