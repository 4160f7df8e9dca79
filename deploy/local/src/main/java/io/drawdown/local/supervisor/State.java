package io.drawdown.local.supervisor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a supervised process, or the supervisor itself, is doing. */
public enum State {
    /** Started, not ready yet. */
    STARTING,
    /** Was ready since its last start. */
    READY,
    /** Died; its next start waits. */
    BACKING_OFF,
    /** Asked to stop. */
    STOPPING;

    /** The name in files and tables, such as {@code backing-off}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
