package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no HTTP client would send. A backslash escape stands for the byte. */
class HostileConnectionTest extends Sandboxed {

    static final String POST = "POST /v1/customers HTTP/1.1\r\nAuthorization: Bearer " + KEY + "\r\n";

    RawClient.Answer raw(String request) throws IOException {
        return RawClient.exchange(port(), request.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
    }

    int port() {
        return URI.create(sandbox.baseUrl()).getPort();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | 'GET /v1/customers/%zz HTTP/1.1\\r\\n\\r\\n'
            400 | 'GET /v1/customers/%4 HTTP/1.1\\r\\n\\r\\n'
            400 | 'GET  /v1/customers HTTP/1.1\\r\\n\\r\\n'
            400 | 'GET v1/customers HTTP/1.1\\r\\n\\r\\n'
            400 | 'GET /v1/customers\\r\\n\\r\\n'
            400 | 'GET /v1/customers HTTP/9.9\\r\\n\\r\\n'
            400 | 'G\\0T / HTTP/1.1\\r\\n\\r\\n'
            400 | 'PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n'
            400 | '\\26\\3\\1\\2\\0\\1\\0\\1\\374\\3\\3\\n'
            400 | 'GET / HTTP/1.1\\r\\nno colon\\r\\n\\r\\n'
            400 | 'GET / HTTP/1.1\\r\\n folded: x\\r\\n\\r\\n'
            400 | 'GET / HTTP/1.1\\r\\nHost: x'
            401 | 'GET / HTTP/1.0\\r\\n\\r\\n'
            """)
    void isAnsweredWithAnEnvelope(int status, String request) throws IOException {
        var answer = raw(request);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().path("message").asString()).isNotBlank();
        assertThat(answer.head()).contains("Request-Id: req_", "application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | 'Content-Length: -1\\r\\n\\r\\n'
            400 | 'Content-Length: ten\\r\\n\\r\\n'
            413 | 'Content-Length: 99999999999\\r\\n\\r\\n'
            400 | 'Content-Length: 99999999999999999999\\r\\n\\r\\n'
            400 | 'Content-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd'
            400 | 'Content-Length: 10\\r\\n\\r\\nname=A'
            400 | 'Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n'
            501 | 'Transfer-Encoding: gzip\\r\\n\\r\\n'
            400 | 'Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n'
            400 | 'Transfer-Encoding: chunked\\r\\n\\r\\n6\\r\\nname'
            400 | 'Transfer-Encoding: chunked\\r\\n\\r\\n6\\r\\nname=A'
            400 | 'Transfer-Encoding: chunked\\r\\n\\r\\n6\\r\\nname=Acme\\r\\n'
            413 | 'Transfer-Encoding: chunked\\r\\n\\r\\n7ffffff\\r\\nname=A'
            200 | 'Transfer-Encoding: chunked\\r\\nConnection: close\\r\\n\\r\\n6;x=y\\r\\nname=A\\r\\n2\\r\\ncm\\r\\n0\\r\\nT: t\\r\\n\\r\\n'
            200 | 'Connection: close\\r\\nContent-Length: 7\\r\\n\\r\\nname=\\303\\244'
            200 | 'Connection: close\\r\\nContent-Length: 6\\r\\n\\r\\nname=\\377'
            """)
    void readsABodyToItsEndOrSaysWhyNot(int status, String rest) throws IOException {
        var answer = raw(POST + rest);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{");
    }

    @ParameterizedTest
    @CsvSource({"414, 40000, 0", "431, 10, 40000"})
    void hasAnEndToItsPatienceWithLongHeads(int status, int path, int header) throws IOException {
        var answer = raw("GET /" + "x".repeat(path) + " HTTP/1.1\r\nX: " + "y".repeat(header) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void refusesTooManyHeaders() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(101) + "\r\n").status())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"})
    void hasNoOtherMethods(String method) throws IOException {
        var answer = raw(method + " /v1/customers HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().isEmpty()).isEqualTo(method.equals("HEAD"));
    }

    @Test
    void answersRequestsThatFollowOneAnotherAtOnce() throws IOException {
        var body = "Content-Length: 6\r\n\r\nname=A";
        var answer = raw(POST + body + POST + "Connection: close\r\n" + body);
        assertThat(answer.body().split("HTTP/1.1 200", -1)).hasSize(2);
    }

    @Test
    void invitesABodyThatIsAskedFor() throws IOException {
        var answer = raw(POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 6\r\n\r\nname=A");
        assertThat(answer.status()).isEqualTo(100);
        assertThat(answer.body()).startsWith("HTTP/1.1 200");
    }

    @Test
    void mindsNobodyWhoLeaves() throws IOException {
        for (int i = 0; i < 50; i++) {
            new Socket("127.0.0.1", port()).close();
        }
        assertThat(send("GET", "/v1/customers", "").statusCode()).isEqualTo(200);
    }
}
