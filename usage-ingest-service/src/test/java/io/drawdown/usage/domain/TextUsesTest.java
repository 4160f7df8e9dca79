package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextUsesTest {

    /** Whatever is used and voided in whatever order: the lines that bear a one are as many as there are texts left. */
    @Property
    void bearsOneForEachTextThatIsLeft(@ForAll long seed) {
        var random = new Random(seed);
        var uses = new HashMap<String, TextUses>();
        var lines = new HashMap<Long, Integer>();
        List<String> live = new ArrayList<>();
        for (long offset = 0; offset < 60; offset++) {
            if (live.isEmpty() || random.nextInt(5) < 3) {
                var text = "text-" + random.nextInt(4);
                var before = uses.getOrDefault(text, TextUses.NONE);
                lines.put(offset, before.isNew() ? 1 : 0);
                uses.put(text, before.used(offset));
                live.add(text);
            } else {
                var text = live.remove(random.nextInt(live.size()));
                var left = uses.get(text).voided();
                uses.put(text, left);
                if (left.isNew()) {
                    lines.merge(left.bearer(), -1, Integer::sum);
                }
            }
            assertThat(lines.values()).allMatch(value -> value == 0 || value == 1);
            assertThat(lines.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(live.stream().distinct().count());
        }
    }
}
