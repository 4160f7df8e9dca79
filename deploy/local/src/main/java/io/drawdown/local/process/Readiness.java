package io.drawdown.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a process can do its work now; asked many times, so an answer must come within about two seconds. */
@FunctionalInterface
public interface Readiness {

    /** False also stands for "no answer". */
    boolean isReady() throws InterruptedException;

    /** Ready when something accepts connections at the loopback address. */
    static Readiness port(int number) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 1_000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    /** Ready when {@code uri} answers with a status in the 200s. */
    static Readiness http(URI uri) {
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).GET().build();
        return () -> {
            try {
                var answer = Http.CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
                return answer.statusCode() / 100 == 2;
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    /** One client for all checks, made when the first is asked. */
    final class Http {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();

        private Http() {}
    }
}
