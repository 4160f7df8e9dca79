package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

class ArrayElementsTest {

    static final JsonMapper JSON = new JsonMapper();

    /** What could be taken for the array's own marks, and characters of several bytes. */
    static final String MARKS = "\"\\[]{},: aü€";

    @Property(tries = 500)
    void findsEachElementWhateverStandsInIt(@ForAll long seed) {
        var random = new Random(seed);
        var elements = IntStream.range(0, random.nextInt(5))
                .mapToObj(_ -> JSON.writeValueAsString(value(random, 0)))
                .toList();

        var array = elements.stream()
                .map(element -> space(random) + element + space(random))
                .collect(Collectors.joining(",", space(random) + "[", space(random) + "]" + space(random)));

        assertThat(found(array.getBytes(StandardCharsets.UTF_8))).isEqualTo(elements);
    }

    private static List<String> found(byte[] json) {
        var array = new ArrayElements(json);
        var found = new ArrayList<String>();
        for (var element = array.next(); element != null; element = array.next()) {
            found.add(new String(json, element.from(), element.length(), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth < 3 ? 5 : 3)) {
            case 0, 1 -> text(random, MARKS);
            case 2 -> random.nextInt();
            case 3 -> List.of(value(random, depth + 1), value(random, depth + 1));
            default -> Map.of(text(random, MARKS), value(random, depth + 1));
        };
    }

    private static String space(Random random) {
        return text(random, " \t\r\n");
    }

    private static String text(Random random, String characters) {
        return random.ints(random.nextInt(5), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
