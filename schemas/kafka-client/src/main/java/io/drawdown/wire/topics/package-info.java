/** Makes the topics of {@link io.drawdown.events.Topic} on a broker; says nothing about what is on them. */
@NullMarked
package io.drawdown.wire.topics;

import org.jspecify.annotations.NullMarked;
