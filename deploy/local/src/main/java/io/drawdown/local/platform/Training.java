package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A platform whose services are run in order to make their AOT caches: start it, use it, stop it, then make each.
 *
 * @param home where this platform is; its caches go where those of all platforms of the project are
 * @param ports its ports
 */
public record Training(Home home, Ports ports) {

    /** The platform, to be used as platforms are used, and to be stopped by request. */
    public Platform platform() throws IOException {
        Files.createDirectories(home.recording("any").getParent());
        return Platform.recording(home, ports);
    }

    /** The services that are trained. */
    public List<String> services() {
        return Stream.of(Service.values()).map(Service::label).toList();
    }

    /**
     * Makes the cache of a service in place of older ones; takes one processor for some ten seconds.
     *
     * @return the cache
     * @throws PlatformException when the service has written nothing down, or the JVM cannot make it
     */
    public Path makeCache(String label) throws IOException, InterruptedException {
        var service = Stream.of(Service.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow();
        var recording = home.recording(label);
        if (!Files.isRegularFile(recording) || Files.size(recording) == 0) {
            throw new PlatformException(label
                    + " has ended without writing down what it has learned; its log says why: " + home.log(label));
        }
        return new AotCaches(home.caches()).make(service, service.unpackedIn(home), recording);
    }
}
