package io.drawdown.support.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class JsonLoggingTest {

    @Test
    void writesEveryLineAsADocument(CapturedOutput output) {
        start("--drawdown.logging.format=json");

        assertThat(output.getOut().lines())
                .filteredOn(line -> line.contains("Starting"))
                .singleElement()
                .satisfies(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .at("/log/level")
                                .asString())
                        .isEqualTo("INFO"));
    }

    @Test
    void writesLinesForPeopleOtherwise(CapturedOutput output) {
        start();

        assertThat(output.getOut().lines())
                .filteredOn(line -> line.contains("Starting"))
                .singleElement()
                .satisfies(line -> assertThat(line).doesNotStartWith("{").contains("Z INFO "));
    }

    static void start(String... arguments) {
        new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments)
                .close();
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
