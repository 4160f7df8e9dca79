package io.drawdown.local;

import io.drawdown.local.platform.Environment;
import io.drawdown.local.platform.Home;
import java.io.IOException;

/**
 * How a running platform is shown: as a table, as JSON, or not at all.
 *
 * @param home the folders
 * @param json JSON instead of a table
 * @param silent nothing; keys do not belong into the log of a background process
 */
record Output(Home home, boolean json, boolean silent) {

    void show() throws IOException {
        if (silent) {
            return;
        }
        var environment = Environment.read(home.environment());
        System.out.println(json ? environment.toJson() : Summary.of(environment, home));
        System.out.flush();
    }
}
