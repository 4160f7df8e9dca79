package io.drawdown.reporting.projection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Clears every projection and its position, so that everything is read again from the beginning. */
@Service
class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private final JdbcClient jdbc;

    Rebuild(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Clears all tables in one transaction, after the batches that are being applied.
     *
     * <p>Every instance notices with its next batch, or within a second when there is none. Until all has been read again
     * the reports show what has been, and how much is behind.
     */
    @Transactional
    void start() {
        LOG.info("Every projection is cleared and made again from the beginning");
        jdbc.sql("lock table position in exclusive mode").update();
        // The tables that refer to others go with them.
        for (var table : new String[] {
            "position", "account", "invoice", "payment", "reversal", "failed_replenishment", "wallet", "activity"
        }) {
            jdbc.sql("delete from " + table).update();
        }
    }
}
