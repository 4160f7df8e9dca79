package io.drawdown.support.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void namesNoCursorOnTheLastPage() {
        assertThat(Page.of(List.of(1, 2), 2, String::valueOf)).isEqualTo(new Page<>(List.of(1, 2), null));
    }

    @Test
    void continuesAfterTheLastRowShown() {
        assertThat(Page.of(List.of(1, 2, 3), 2, String::valueOf)).isEqualTo(new Page<>(List.of(1, 2), "2"));
    }

    @Test
    void keepsItsCursorWhenItsElementsChange() {
        assertThat(new Page<>(List.of(1), "1").map(number -> "n" + number)).isEqualTo(new Page<>(List.of("n1"), "1"));
    }
}
