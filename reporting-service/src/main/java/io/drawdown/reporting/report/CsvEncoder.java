package io.drawdown.reporting.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.util.MimeType;
import reactor.core.publisher.Flux;

/** Writes a table as CSV (RFC 4180) in UTF-8. */
final class CsvEncoder extends AbstractEncoder<Tabular> {

    static final MimeType TEXT_CSV = new MimeType("text", "csv", StandardCharsets.UTF_8);

    private static final Pattern NUMERAL = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    private static final String FORMULA_BEGINNINGS = "=+-@\t\r";

    CsvEncoder() {
        super(TEXT_CSV, new MimeType("text", "csv"));
    }

    @Override
    public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
        return mimeType != null && Tabular.class.isAssignableFrom(type.toClass()) && super.canEncode(type, mimeType);
    }

    @Override
    public Flux<DataBuffer> encode(
            Publisher<? extends Tabular> tables,
            DataBufferFactory buffers,
            ResolvableType type,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return Flux.from(tables).map(table -> buffers.wrap(csv(table).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public DataBuffer encodeValue(
            Tabular table,
            DataBufferFactory buffers,
            ResolvableType type,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return buffers.wrap(csv(table).getBytes(StandardCharsets.UTF_8));
    }

    static String csv(Tabular table) {
        var text = new StringBuilder(line(table.columns()));
        table.cells().forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<? extends @Nullable String> cells) {
        return cells.stream().map(CsvEncoder::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        var safe = isFormula(value) ? "'" + value : value;
        return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** A spreadsheet would run a customer's name that begins like a formula. */
    private static boolean isFormula(String value) {
        return !value.isEmpty()
                && FORMULA_BEGINNINGS.indexOf(value.charAt(0)) >= 0
                && !NUMERAL.matcher(value).matches();
    }
}
