package io.drawdown.wallet.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.support.time.Zone;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Map;

/** The form of a value without parts. */
record Scalar<T>(String shape, Writer<T> writer, Reader<T> reader) implements Form {

    /** By type. Decimals keep their scale, and instants their nanoseconds. */
    static final Map<Class<?>, Scalar<?>> ALL = Map.of(
            boolean.class,
                    new Scalar<>(
                            "boolean",
                            (Boolean value, DataOutput out) -> out.writeBoolean(value),
                            DataInput::readBoolean),
            int.class, new Scalar<>("int", (Integer value, DataOutput out) -> out.writeInt(value), DataInput::readInt),
            long.class, new Scalar<>("long", (Long value, DataOutput out) -> out.writeLong(value), DataInput::readLong),
            String.class, new Scalar<>("text", Scalar::writeText, Scalar::readText),
            BigDecimal.class, new Scalar<>("decimal", Scalar::writeDecimal, Scalar::readDecimal),
            Currency.class,
                    new Scalar<>(
                            "currency",
                            (Currency value, DataOutput out) -> writeText(value.getCurrencyCode(), out),
                            in -> Currency.getInstance(readText(in))),
            Instant.class, new Scalar<>("instant", Scalar::writeInstant, Scalar::readInstant),
            Duration.class, new Scalar<>("duration", Scalar::writeDuration, Scalar::readDuration),
            YearMonth.class, new Scalar<>("month", Scalar::writeMonth, Scalar::readMonth),
            Zone.class,
                    new Scalar<>(
                            "zone",
                            (Zone value, DataOutput out) -> writeText(value.id(), out),
                            in -> Zone.of(readText(in))));

    @Override
    @SuppressWarnings("unchecked") // ALL names each form by the type of its values.
    public void write(Object value, DataOutput out) throws IOException {
        writer.write((T) value, out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return reader.read(in);
    }

    private static void writeText(String value, DataOutput out) throws IOException {
        writeBytes(value.getBytes(UTF_8), out);
    }

    private static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), UTF_8);
    }

    private static void writeDecimal(BigDecimal value, DataOutput out) throws IOException {
        out.writeInt(value.scale());
        writeBytes(value.unscaledValue().toByteArray(), out);
    }

    private static BigDecimal readDecimal(DataInput in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(readBytes(in)), scale);
    }

    private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        var bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeInstant(Instant value, DataOutput out) throws IOException {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    private static Instant readInstant(DataInput in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeDuration(Duration value, DataOutput out) throws IOException {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    private static Duration readDuration(DataInput in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private static void writeMonth(YearMonth value, DataOutput out) throws IOException {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
    }

    private static YearMonth readMonth(DataInput in) throws IOException {
        return YearMonth.of(in.readInt(), in.readByte());
    }

    /** Writes a value. */
    interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    /** Reads what the writer wrote. */
    interface Reader<T> {
        T read(DataInput in) throws IOException;
    }
}
