package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageInArrears.Measure;
import io.drawdown.wallet.domain.UsageInArrears.Place;
import org.jspecify.annotations.Nullable;

/**
 * Usage in arrears that counts otherwise than before.
 *
 * @param source who reported it
 * @param id the report's id within its source
 * @param before what counted until now
 * @param place which event has said so
 * @param after what counts from now on; absent when the usage is void
 */
public record ArrearsAdjustment(
        String source,
        String id,
        String meterId,
        Measure before,
        Place place,
        @Nullable Measure after,
        Correction correction) {}
