package io.drawdown.wire.avro;

import org.apache.kafka.common.errors.SerializationException;

/** The five bytes before each record. */
final class WireFormat {

    static final int HEADER = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeHeader(byte[] to, int id) {
        to[0] = MAGIC;
        to[1] = (byte) (id >>> 24);
        to[2] = (byte) (id >>> 16);
        to[3] = (byte) (id >>> 8);
        to[4] = (byte) id;
    }

    static int readId(String topic, byte[] from, int offset, int length) {
        if (length < HEADER) {
            throw foreign(topic, length + " bytes are too few");
        }
        if (from[offset] != MAGIC) {
            throw foreign(topic, "the first byte is " + from[offset] + ", not 0");
        }
        int id = ((from[offset + 1] & 0xff) << 24)
                | ((from[offset + 2] & 0xff) << 16)
                | ((from[offset + 3] & 0xff) << 8)
                | (from[offset + 4] & 0xff);
        if (id < 0) {
            throw foreign(
                    topic, "its schema id would be " + id); // No registry gives one, and some fail when they are asked.
        }
        return id;
    }

    private static SerializationException foreign(String topic, String why) {
        return new SerializationException(
                "A record of " + topic + " is not in Confluent's wire format (0, four bytes of" + " schema id, Avro): "
                        + why + ". Its producer must use a schema-registry serializer");
    }
}
