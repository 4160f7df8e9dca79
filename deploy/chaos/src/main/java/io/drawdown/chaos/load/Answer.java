package io.drawdown.chaos.load;

import tools.jackson.databind.JsonNode;

/** How a request ended, after as many tries as it took. */
sealed interface Answer {

    /** It was done. */
    record Done(JsonNode body) implements Answer {}

    /** It was refused for good. */
    record Refusal(int status, String words) implements Answer {}
}
