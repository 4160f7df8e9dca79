package io.drawdown.sandbox.store;

import io.drawdown.sandbox.json.Json;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object, packed for memory and journal. */
sealed interface Blob {

    /** As it stands in the journal. */
    byte[] packed();

    /** Of the packed form, in bytes. */
    int length();

    /** One that has just been made. */
    record Made(byte[] packed) implements Blob {

        @Override
        public int length() {
            return packed.length;
        }
    }

    /**
     * One that was there when the sandbox started: it stays where it is, in the file, and is read when it is asked for.
     *
     * @param file the journal, mapped
     * @param at where it begins
     */
    record Found(MemorySegment file, long at, int length) implements Blob {

        @Override
        public byte[] packed() {
            return file.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    static Blob of(ObjectNode node) {
        return new Made(Packing.pack(Json.bytes(node)));
    }

    default ObjectNode unpack() {
        return (ObjectNode) Json.parse(Packing.unpack(packed()));
    }
}
