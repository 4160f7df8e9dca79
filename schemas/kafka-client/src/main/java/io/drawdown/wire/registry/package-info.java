/**
 * The part of a schema registry that serializers need: Confluent's HTTP API, which Confluent's, Apicurio's
 * ({@code /apis/ccompat/v7}), Karapace's and Redpanda's registries speak.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An id, once resolved, is never asked for again: the same id means the same schema for ever.
 *   <li>What may pass by waiting ({@link io.drawdown.wire.registry.RegistryUnavailableException}) and what will not
 *       ({@link io.drawdown.wire.registry.RegistryRefusedException}) are different exceptions, because a consumer must wait
 *       for the first and put the second aside.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.registry;

import org.jspecify.annotations.NullMarked;
