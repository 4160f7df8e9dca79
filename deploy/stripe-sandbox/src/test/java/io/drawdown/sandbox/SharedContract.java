package io.drawdown.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe's API data, which is not part of the project: system property {@code stripe.contract}, or a folder
 * {@code shared/stripe} beside the checkout.
 */
final class SharedContract {

    static final String ABSENT =
            "No Stripe contract: give -Dstripe.contract=FOLDER or put shared/stripe beside the checkout";

    private static final Optional<Path> FOLDER = find();

    private SharedContract() {}

    static boolean isPresent() {
        return FOLDER.isPresent();
    }

    static JsonNode read(String file) {
        return JsonMapper.shared().readTree(FOLDER.orElseThrow().resolve(file).toFile());
    }

    private static Optional<Path> find() {
        var given = System.getProperty("stripe.contract");
        var start = Path.of("").toAbsolutePath();
        return given != null
                ? Optional.of(Path.of(given)).filter(SharedContract::isContract)
                : Stream.iterate(start, folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolve("shared").resolve("stripe"))
                        .filter(SharedContract::isContract)
                        .findFirst();
    }

    private static boolean isContract(Path folder) {
        return Files.isRegularFile(folder.resolve("spec3.json"));
    }
}
