package io.drawdown.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/** Looks whether ports are free before anything is started, so that the message can name who has them. */
public final class PortCheck {

    private PortCheck() {}

    /**
     * Returns when all ports of all processes are free.
     *
     * @throws PlatformException naming every port that is taken, for what it is needed and, if known, by whom it is held
     */
    public static void requireFree(List<ProcessSpec> processes) {
        var taken = processes.stream()
                .flatMap(spec -> spec.ports().stream()
                        .filter(port -> !isFree(port.number()))
                        .map(port -> describe(spec, port)))
                .collect(Collectors.joining("\n  "));
        if (!taken.isEmpty()) {
            throw new PlatformException(
                    "These ports are in use:\n  " + taken
                            + "\nStop what holds them, or choose other ports, for instance: deploy/drawdown up --port-base 17100");
        }
    }

    /** Whether the loopback port can be bound now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // A connection that lingers in TIME_WAIT does not make a port taken.
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    private static String describe(ProcessSpec spec, Port port) {
        return port.number() + ", wanted by " + spec.name() + " for " + port.purpose() + ", held by "
                + PortOwner.of(port.number()).orElse("a process that this user may not look at");
    }
}
