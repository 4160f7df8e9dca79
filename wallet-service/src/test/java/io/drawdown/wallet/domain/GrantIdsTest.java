package io.drawdown.wallet.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GrantIdsTest {

    @Property(tries = 200)
    void knowsWhatWasEverGrantedAndNothingElse(@ForAll List<@IntRange(max = 200) Integer> granted) {
        var ids = GrantIds.NONE;
        var known = new HashSet<GrantId>();
        for (int each : granted) {
            ids = ids.with(id(each));
            known.add(id(each));
        }
        for (int each = 0; each <= 200; each++) {
            assertThat(ids.contains(id(each))).isEqualTo(known.contains(id(each)));
        }
        assertThat(ids.sets().stream().mapToInt(Set::size).sum()).isEqualTo(known.size());
    }

    @Example
    void anIdIsCopiedOnlyWhenItsSetDoubles() {
        int grants = 1 << 14;
        var ids = GrantIds.NONE;
        long copied = 0;
        for (int i = 0; i < grants; i++) {
            var before =
                    Set.copyOf(ids.sets().stream().map(System::identityHashCode).toList());
            ids = ids.with(id(i));
            copied += ids.sets().stream()
                    .filter(set -> !before.contains(System.identityHashCode(set)))
                    .mapToInt(Set::size)
                    .sum();
        }
        assertThat(copied).isLessThanOrEqualTo(grants * 15L);
        assertThat(IntStream.range(0, grants).mapToObj(GrantIdsTest::id)).allMatch(ids::contains);
    }

    private static GrantId id(int number) {
        return new GrantId("grt_" + number);
    }
}
