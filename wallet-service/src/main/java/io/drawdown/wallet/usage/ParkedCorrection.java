package io.drawdown.wallet.usage;

import io.drawdown.wallet.usage.ParkedUsage.Reason;

/** A correction that cannot be followed yet; the detail says why in words and what would help. */
record ParkedCorrection(CorrectedUsage corrected, Reason reason, String detail) {}
