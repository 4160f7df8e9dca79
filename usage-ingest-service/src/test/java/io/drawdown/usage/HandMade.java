package io.drawdown.usage;

import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.web.reactive.server.MockServerConfigurer;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Calls controllers that a test has made itself, whose exceptions become the problems of the service. */
@TestComponent
public class HandMade {

    private final List<WebExceptionHandler> problems;

    HandMade(List<WebExceptionHandler> problems) {
        this.problems = problems;
    }

    /** A caller of nothing but this controller; there are no keys. */
    public WebTestClient client(Object controller) {
        return WebTestClient.bindToController(controller)
                .apply(new ProblemsFirst())
                .build();
    }

    private final class ProblemsFirst implements MockServerConfigurer {

        @Override
        public void beforeServerCreated(WebHttpHandlerBuilder builder) {
            builder.exceptionHandlers(handlers -> handlers.addAll(0, problems));
        }
    }
}
