package io.drawdown.sandbox.seed;

import java.util.ArrayList;
import java.util.List;

/** Splits a line at its spaces, but not within quotes; a word that begins with {@code #} ends it. */
final class Words {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private int position;

    private Words(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        return new Words(line).split();
    }

    private List<String> split() {
        skipSpaces();
        while (position < line.length() && line.charAt(position) != '#') {
            words.add(word());
            skipSpaces();
        }
        return words;
    }

    private void skipSpaces() {
        while (position < line.length() && Character.isWhitespace(line.charAt(position))) {
            position++;
        }
    }

    private String word() {
        var word = new StringBuilder();
        while (position < line.length() && !Character.isWhitespace(line.charAt(position))) {
            char next = line.charAt(position++);
            if (next == '"' || next == '\'') {
                word.append(quoted(next));
            } else {
                word.append(next);
            }
        }
        return word.toString();
    }

    private String quoted(char quote) {
        int end = line.indexOf(quote, position);
        if (end < 0) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        var text = line.substring(position, end);
        position = end + 1;
        return text;
    }
}
