package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.engine.EventTypes;
import io.drawdown.sandbox.engine.Routes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the README says of each operation, from the routes that serve it and the description of the whole API. */
final class Coverage {

    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");

    private final Set<String> covered = new HashSet<>();
    private final Map<String, Set<String>> methodsByPath = new TreeMap<>();

    Coverage(ApiDescription api, Routes routes) {
        routes.covered().forEach(covered::add);
        Stream.concat(api.operations().keySet().stream(), covered.stream()).forEach(operation -> {
            int space = operation.indexOf(' ');
            methodsByPath
                    .computeIfAbsent(operation.substring(space + 1), _ -> new TreeSet<>())
                    .add(operation.substring(0, space));
        });
    }

    /** Markdown: a table of the resources that are covered at least in part, the rest by name, events and settings. */
    String markdown() {
        var byResource = methodsByPath.keySet().stream()
                .collect(Collectors.groupingBy(this::resource, TreeMap::new, Collectors.toList()));
        var rows = new ArrayList<String>();
        var refused = new ArrayList<String>();
        byResource.forEach((resource, paths) -> {
            if (paths.stream().allMatch(path -> methods(path, true).isEmpty())) {
                refused.add("`" + resource + "`");
            } else {
                paths.forEach(path -> rows.add(row(path)));
            }
        });
        return "%d of the %d operations that the sandbox knows are covered. The others are refused by name; any other URL"
                        .formatted(covered.size(), size())
                + " is one that Stripe does not recognize.\n\n"
                + "| path | covered | refused |\n| --- | --- | --- |\n"
                + String.join("\n", rows)
                + "\n\nRefused whole: " + String.join(", ", refused) + ".\n\nEvents, besides three thin ones: "
                + EventTypes.all().stream().map(type -> "`" + type + "`").collect(Collectors.joining(", "))
                + ".\n\n" + settings();
    }

    private static String settings() {
        return "| `--set NAME=VALUE`: what Stripe does not publish | default |\n| --- | --- |\n"
                + NamedSettings.all(SandboxSettings.DEFAULT).entrySet().stream()
                        .map(setting -> "| `" + setting.getKey() + "` | `" + setting.getValue() + "` |\n")
                        .collect(Collectors.joining());
    }

    private int size() {
        return methodsByPath.values().stream().mapToInt(Set::size).sum();
    }

    private String row(String path) {
        return "| `" + path + "` | " + methods(path, true) + " | " + methods(path, false) + " |";
    }

    private String methods(String path, boolean wanted) {
        return METHODS.stream()
                .filter(methodsByPath.get(path)::contains)
                .filter(method -> covered.contains(method + " " + path) == wanted)
                .collect(Collectors.joining(" "));
    }

    /** The collection that a path belongs to: {@code /v1/billing/meters} is one, {@code /v1/billing} is only a name. */
    private String resource(String path) {
        var segments = path.split("/", -1);
        var resource = new StringBuilder();
        for (int i = 1; i < segments.length && !segments[i].startsWith("{"); i++) {
            resource.append('/').append(segments[i]);
            if (methodsByPath.containsKey(resource.toString())) {
                break;
            }
        }
        return resource.toString();
    }
}
