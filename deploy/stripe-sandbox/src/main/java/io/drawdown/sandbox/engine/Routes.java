package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which handler answers which operation. A literal path segment wins over a variable. */
public final class Routes {

    /** An operation that matches a request. */
    record Match(
            String operation, Schema parameters, @Nullable Handler handler, Map<String, String> path) {}

    private record Route(String operation, List<String> segments, Schema parameters) {}

    /** What a request must have in common with a route before its segments are looked at. */
    private record Shape(String method, int segments) {}

    private final Map<Shape, List<Route>> routes = new HashMap<>();
    private final Set<String> operations;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();

    /** Knows every operation of the API; those without a handler are refused by name. */
    public Routes(ApiDescription api) {
        operations = api.operations().keySet();
        api.operations().forEach(this::add);
        routes.values().forEach(alike -> alike.sort(Comparator.comparingLong(Routes::variables)));
    }

    private void add(String operation, Schema parameters) {
        int space = operation.indexOf(' ');
        var segments = segments(operation.substring(space + 1));
        routes.computeIfAbsent(new Shape(operation.substring(0, space), segments.size()), _ -> new ArrayList<>())
                .add(new Route(operation, segments, parameters));
    }

    private static long variables(Route route) {
        return route.segments().stream().filter(Routes::isVariable).count();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** Sets the handler of an operation of the API. */
    public Routes on(String operation, Handler handler) {
        if (!operations.contains(operation)) {
            throw new IllegalArgumentException("The API has no operation " + operation);
        }
        handlers.put(operation, handler);
        return this;
    }

    /** The operations that have a handler. */
    public Iterable<String> covered() {
        return handlers.keySet();
    }

    @Nullable
    Match find(String method, String path) {
        var wanted = segments(path);
        for (Route route : routes.getOrDefault(new Shape(method, wanted.size()), List.of())) {
            if (matches(route.segments(), wanted)) {
                var handler = handlers.get(route.operation());
                return new Match(route.operation(), route.parameters(), handler, variables(route, wanted));
            }
        }
        return null;
    }

    private static boolean matches(List<String> template, List<String> path) {
        for (int i = 0; i < template.size(); i++) {
            boolean fits = isVariable(template.get(i))
                    ? !path.get(i).isEmpty()
                    : template.get(i).equals(path.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> variables(Route route, List<String> path) {
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            var segment = route.segments().get(i);
            if (isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return variables;
    }
}
