package io.drawdown.wallet.usage;

import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows usage that waits for a wallet or a price, and corrections that wait too, and tries them again at once. A cursor is
 * {@code partition-offset}.
 */
@RestController
@RequestMapping("/v1")
class ParkedUsageController {

    private final ParkedUsageTable parkedUsage;
    private final ParkedCorrectionTable parkedCorrections;
    private final ParkedUsageReplay usageReplay;
    private final ParkedCorrectionReplay correctionReplay;

    ParkedUsageController(
            ParkedUsageTable parkedUsage,
            ParkedCorrectionTable parkedCorrections,
            ParkedUsageReplay usageReplay,
            ParkedCorrectionReplay correctionReplay) {
        this.parkedUsage = parkedUsage;
        this.parkedCorrections = parkedCorrections;
        this.usageReplay = usageReplay;
        this.correctionReplay = correctionReplay;
    }

    @GetMapping("/parked-usage")
    Page<ParkedUsageView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return Page.of(
                parkedUsage.list(place(cursor), limit + 1),
                limit,
                last -> last.sourcePartition() + "-" + last.sourceOffset());
    }

    @GetMapping("/parked-corrections")
    Page<ParkedCorrectionView> corrections(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return Page.of(
                parkedCorrections.list(place(cursor), limit + 1),
                limit,
                last -> last.sourcePartition() + "-" + last.usageOffset());
    }

    /** Needs no idempotency key: usage that was drawn down is no longer parked. */
    @PostMapping("/parked-usage/replay")
    ParkedUsageReplay.Result replay() {
        var result = usageReplay.replay();
        correctionReplay.replay();
        return result;
    }

    private static Place place(@Nullable String cursor) {
        if (cursor == null) {
            return Place.START;
        }
        int dash = cursor.indexOf('-');
        try {
            return new Place(
                    Integer.parseInt(cursor.substring(0, Math.max(dash, 0))),
                    Long.parseLong(cursor.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "invalid-cursor", "Use the nextCursor of the page before as cursor", e);
        }
    }
}
