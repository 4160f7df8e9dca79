package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectRef;

/** Told inside the process after a refresh was committed; may be lost in a crash, so only ever a reason to hurry. */
public record ObjectRefreshed(ObjectRef object) {}
