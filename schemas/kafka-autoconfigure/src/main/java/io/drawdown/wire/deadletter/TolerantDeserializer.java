package io.drawdown.wire.deadletter;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * Lets another deserializer do the work and turns its failures into null with a header that the listener container knows,
 * so that one undecodable record does not stop its partition.
 *
 * <p>Differs from Spring's {@code ErrorHandlingDeserializer} in one point: while the registry cannot be reached the failure
 * is passed on, because the record may be good; the container then tries again from the same position.
 */
public final class TolerantDeserializer implements Deserializer<Object> {

    /** The class that does the work; Spring's own key, so that either class can be configured with it. */
    public static final String DELEGATE_CONFIG = "spring.deserializer.value.delegate.class";

    private @Nullable Deserializer<?> delegate;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        var named = config.get(DELEGATE_CONFIG);
        if (named == null) {
            throw new ConfigException(DELEGATE_CONFIG + " is not set: name the deserializer that does the work");
        }
        delegate = instance(named);
        delegate.configure(config, isKey);
    }

    private static Deserializer<?> instance(Object named) {
        try {
            return named instanceof Class<?> type
                    ? (Deserializer<?>) Utils.newInstance(type)
                    : Utils.newInstance(named.toString(), Deserializer.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(DELEGATE_CONFIG, named, "The class is not on the class path");
        }
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        return delegate().deserialize(topic, bytes);
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
        try {
            return delegate().deserialize(topic, headers, bytes);
        } catch (RuntimeException e) {
            if (Transience.isCauseOf(e)) {
                throw e;
            }
            SerializationUtils.deserializationException(headers, bytes == null ? new byte[0] : bytes, e, false);
            return null;
        }
    }

    private Deserializer<?> delegate() {
        if (delegate == null) {
            throw new IllegalStateException("TolerantDeserializer was used before configure(…) was called");
        }
        return delegate;
    }

    @Override
    public void close() {
        if (delegate != null) {
            delegate.close();
        }
    }
}
