package io.drawdown.reporting.stream;

import io.drawdown.reporting.report.LiveView;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The reports as they change, as server-sent events named {@code view}. */
@RestController
class StreamController {

    private final LiveStream stream;

    StreamController(LiveStream stream) {
        this.stream = stream;
    }

    @GetMapping(path = "/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<LiveView>> stream() {
        return stream.views()
                .map(view -> ServerSentEvent.builder(view).event("view").build());
    }
}
