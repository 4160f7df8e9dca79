package io.drawdown.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what is appended to a file after this was made; begins again when the file has been set aside. */
final class LogTail {

    private static final int LIMIT = 1_000_000;

    private final Path file;
    private long position;

    /** Skips what is in the file now. */
    LogTail(Path file) throws IOException {
        this(file, Files.exists(file) ? Files.size(file) : 0);
    }

    LogTail(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** Whole new lines with their line ends; empty when there are none yet. */
    String more() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < position) {
                position = 0;
            }
            var bytes = new byte[(int) Math.min(LIMIT, open.length() - position)];
            open.seek(position);
            open.readFully(bytes);
            return upToLastLine(bytes);
        }
    }

    private String upToLastLine(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n' && bytes.length < LIMIT) {
            end--;
        }
        position += end;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
