package io.drawdown.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void escapesEverythingButItself() {
        var evil = "<script a='b'>\"&\"</script>{}";
        assertThat(Html.of("<p title=\"{}\">{}{}{}</p>", evil, evil, Html.of("<b>{}</b>", 1), null)
                        .text())
                .isEqualTo("<p title=\"&lt;script a=&#39;b&#39;&gt;&quot;&amp;&quot;&lt;/script&gt;{}\">"
                        + "&lt;script a=&#39;b&#39;&gt;&quot;&amp;&quot;&lt;/script&gt;{}<b>1</b></p>");
    }

    @Test
    void joins() {
        assertThat(Stream.of("<", ">")
                        .map(text -> Html.of("{}", text))
                        .collect(Html.joining())
                        .text())
                .isEqualTo("&lt;\n&gt;");
    }

    @Test
    void hasAPlaceForEachValue() {
        assertThatThrownBy(() -> Html.of("{}", 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsAmountsInTheirCurrency() {
        assertThat(Show.amount(123_456, "usd")).isEqualTo("1,234.56 USD");
        assertThat(Show.amount(-5, "jpy")).isEqualTo("-5 JPY");
        assertThat(Show.amount(5, "kwd")).isEqualTo("0.005 KWD");
    }
}
