package io.drawdown.local.postgres;

import io.drawdown.local.process.Launcher;
import io.drawdown.local.process.PlatformException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own it sees an ordinary user instead, while its files
 * stay root's; containers and many test machines have no other user.
 */
final class RootRefusal {

    private RootRefusal() {}

    /** The command as it has to be typed by the user that we are. */
    static List<String> evading(String... command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of(command);
        }
        var unshare = Launcher.ifPresent("unshare", "-U");
        if (unshare.isEmpty()) {
            throw new PlatformException(
                    "PostgreSQL does not run as root, and this machine has no unshare (util-linux) to"
                            + " get around it. Run this as an ordinary user, or install util-linux.");
        }
        var whole = new ArrayList<>(unshare);
        whole.addAll(List.of(command));
        return whole;
    }
}
