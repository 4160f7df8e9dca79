package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which handler answers which operation. A literal path segment wins over a variable. */
public final class Routes {

    /** An operation that matches a request. */
    record Match(
            String operation, Schema parameters, @Nullable Handler handler, Map<String, String> path) {}

    private record Route(String method, String template, List<String> segments, Schema parameters) {}

    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Handler> handlers = new LinkedHashMap<>();

    /** Knows every operation of the API; those without a handler are refused by name. */
    public Routes(ApiDescription api) {
        api.operations().forEach((operation, parameters) -> {
            int space = operation.indexOf(' ');
            var template = operation.substring(space + 1);
            routes.add(new Route(operation.substring(0, space), template, segments(template), parameters));
        });
        routes.sort((a, b) -> Long.compare(variables(a), variables(b)));
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
        if (routes.stream().noneMatch(route -> operation.equals(route.method() + " " + route.template()))) {
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
        for (Route route : routes) {
            if (route.method().equals(method) && matches(route.segments(), wanted)) {
                var operation = method + " " + route.template();
                return new Match(operation, route.parameters(), handlers.get(operation), variables(route, wanted));
            }
        }
        return null;
    }

    private static boolean matches(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return false;
        }
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
