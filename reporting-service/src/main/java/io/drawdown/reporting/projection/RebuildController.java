package io.drawdown.reporting.projection;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starting over, for administrators. A repeat starts over once more and is as harmless. */
@RestController
class RebuildController {

    private final Rebuild rebuild;

    RebuildController(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    @PostMapping("/v1/projections/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void rebuild() {
        rebuild.start();
    }
}
