package io.drawdown.bench.report;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The result on standard output, for people or for programs. */
public final class Output {

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    /** Prints one of the two. */
    public void print(Supplier<String> asJson, Supplier<String> asText) {
        System.out.println((json ? asJson : asText).get().stripTrailing());
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    public static void progress(String words) {
        System.err.println(words);
    }
}
