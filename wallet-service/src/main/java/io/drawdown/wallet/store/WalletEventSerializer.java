package io.drawdown.wallet.store;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.WalletEvent;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Writes wallet events in their stored form, and leaves what is not a wallet event (metadata) to another serializer.
 *
 * <p>The payload type is the public record's full name and the revision the number of its released schema; Java class
 * names are never stored.
 */
public final class WalletEventSerializer implements Serializer {

    private final Serializer others;
    private final WalletEventCodec codec = new WalletEventCodec();

    WalletEventSerializer(Serializer others) {
        this.others = others;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object instanceof WalletEvent event) {
            var type = knownType(event);
            var bytes = codec.encode(type, event);
            return new SimpleSerializedObject<>(
                    getConverter().convert(bytes, representation), representation, serializedType(type));
        }
        return others.serialize(object, representation);
    }

    private static StoredEventType knownType(WalletEvent event) {
        var type = StoredEventType.of(event.getClass());
        if (type == null) {
            throw new IllegalStateException(event.getClass() + " has no stored type; name it in StoredEventType");
        }
        return type;
    }

    /** Decodes a row of the store; for reading a wallet's history without Axon. */
    public WalletEvent event(StoredEvent stored) {
        return requireNonNull(deserialize(new SimpleSerializedObject<>(
                stored.bytes(), byte[].class, new SimpleSerializedType(stored.typeName(), stored.revision()))));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return getConverter().canConvert(byte[].class, representation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature.
    public <S, T> @Nullable T deserialize(SerializedObject<S> stored) {
        var type = StoredEventType.named(stored.getType().getName());
        if (type == null) {
            return others.deserialize(stored);
        }
        var bytes = getConverter().convert(stored, byte[].class).getData();
        return (T) codec.decode(type, stored.getType().getRevision(), bytes);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType serialized) {
        var type = StoredEventType.named(serialized.getName());
        return type == null ? others.classForType(serialized) : type.event();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class event) {
        var type = StoredEventType.of(event);
        return type == null ? others.typeForClass(event) : serializedType(type);
    }

    @Override
    public Converter getConverter() {
        return others.getConverter();
    }

    private static SerializedType serializedType(StoredEventType type) {
        return new SimpleSerializedType(type.typeName(), Integer.toString(type.revision()));
    }
}
