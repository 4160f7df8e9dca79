package io.drawdown.sandbox;

import io.drawdown.sandbox.api.Form;
import io.drawdown.sandbox.api.Release;
import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds all that any sandbox of any test says against the contract and stripe-java's models: found as a service, so that
 * no test needs to ask for it and none can do without. {@link InspectionExtension} fails the test.
 */
public final class Inspector implements Witness {

    private static final AtomicInteger ANSWERS = new AtomicInteger();
    private static final AtomicInteger OBJECTS = new AtomicInteger();
    private static final AtomicInteger EVENTS = new AtomicInteger();
    private static final Set<String> OPERATIONS = ConcurrentHashMap.newKeySet();
    private static final Set<String> RESOURCES = ConcurrentHashMap.newKeySet();
    private static final Set<String> EVENT_TYPES = ConcurrentHashMap.newKeySet();
    private static final ConcurrentLinkedQueue<String> FAULTS = new ConcurrentLinkedQueue<>();

    @Override
    public void answered(@Nullable Incoming request, Outgoing answer) {
        var method = request == null ? "" : request.method();
        var path = request == null ? "/v1/" : request.path();
        if (path.startsWith("/v1/") || path.startsWith("/v2/")) {
            var body = JsonMapper.shared().readTree(answer.body());
            var faults = Stream.concat(
                            ContractCheck.answerFaults(method, path, answer.status(), body).stream()
                                    .filter(fault -> isOfTheContract(answer) || !fault.endsWith("is missing")),
                            answer.status() < 400 ? taken(String.valueOf(method), path, request, body) : Stream.empty())
                    .toList();
            ANSWERS.incrementAndGet();
            note(faults, method + " " + path + " " + answer.status() + " " + body);
            if (!faults.isEmpty()) {
                throw new IllegalStateException(faults.toString());
            }
        }
    }

    /** An older release has less, and nothing else. */
    private static boolean isOfTheContract(Outgoing answer) {
        var newest = Release.newest().version();
        return answer.headers().getOrDefault("Stripe-Version", newest).equals(newest);
    }

    private static Stream<String> taken(String method, String path, @Nullable Incoming request, JsonNode body) {
        var objects = ModelCheck.objectsIn(body);
        OBJECTS.addAndGet(objects.size());
        objects.forEach(object -> RESOURCES.add(object.path("object").asString()));
        ContractCheck.operation(method, path).ifPresent(OPERATIONS::add);
        return Stream.concat(
                objects.stream().flatMap(object -> ModelCheck.faults(object).stream()),
                request == null
                        ? Stream.empty()
                        : ContractCheck.parameterFaults(method, path, parameters(request)).stream()
                                .map(name -> "The contract has no parameter " + name));
    }

    private static JsonNode parameters(Incoming request) {
        var body = new String(request.body(), StandardCharsets.UTF_8);
        boolean json = request.path().startsWith("/v2/");
        var form = Form.parse(Stream.of(request.query(), json ? null : body)
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining("&")));
        var parameters = JsonMapper.shared().<ObjectNode>valueToTree(form);
        return json && !body.isEmpty()
                ? parameters.setAll((ObjectNode) JsonMapper.shared().readTree(body))
                : parameters;
    }

    @Override
    public void happened(ObjectNode event) {
        EVENTS.incrementAndGet();
        EVENT_TYPES.add(event.path("type").asString());
        note(
                Stream.concat(ContractCheck.faultsOf(event).stream(), EventCheck.faults(event).stream())
                        .toList(),
                event.toString());
    }

    private static void note(List<String> faults, String what) {
        if (!faults.isEmpty()) {
            FAULTS.add(faults + " in " + what);
        }
    }

    /** What was wrong since this was last asked. */
    static List<String> takeFaults() {
        var faults = List.copyOf(FAULTS);
        FAULTS.removeAll(faults);
        return faults;
    }

    static Set<String> operations() {
        return new TreeSet<>(OPERATIONS);
    }

    static Set<String> resources() {
        return new TreeSet<>(RESOURCES);
    }

    static Set<String> eventTypes() {
        return new TreeSet<>(EVENT_TYPES);
    }

    /** How much was looked at. */
    static String summary() {
        return "Stripe contract: %d answers with %d objects, and %d events of %d types, passed stripe-java's models and %s"
                .formatted(
                        ANSWERS.get(),
                        OBJECTS.get(),
                        EVENTS.get(),
                        EVENT_TYPES.size(),
                        SharedContract.isPresent()
                                ? "the strict check against spec3.json"
                                : "nothing else (" + SharedContract.ABSENT + ")");
    }
}
