package io.drawdown.sandbox.seed;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The sandbox's API, from within the process or over HTTP. */
@FunctionalInterface
public interface Api {

    /** Name and value of a parameter, as they stand in a form before they are encoded. */
    record Param(String name, String value) {

        /** All of them in form notation. */
        static String encode(List<Param> params) {
            return params.stream()
                    .map(param -> encoded(param.name()) + "=" + encoded(param.value()))
                    .collect(Collectors.joining("&"));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** What came back. */
    record Answer(int status, JsonNode body) {

        /** Whether the call did what it was meant to. */
        public boolean isGood() {
            return status < 300;
        }

        /** The error's message; empty when there is none. */
        public String message() {
            return body.path("error").path("message").asString("");
        }
    }

    /** Makes one call. */
    Answer call(String method, String path, List<Param> params);
}
