package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Compares a list of Stripe's with what was published. A list may be older than what a fetch has meanwhile brought, so
 * nothing is published from it: what differs is fetched.
 */
@Component
public class Comparison {

    private final MirroredObjects objects;
    private final RefreshQueue queue;

    Comparison(MirroredObjects objects, RefreshQueue queue) {
        this.objects = objects;
        this.queue = queue;
    }

    /**
     * Asks for every object of the kind that differs, is new, or is published but no longer listed.
     *
     * @param listed all objects of that kind, by id
     * @return how many were asked for
     */
    public int requestDifferences(ObjectKind kind, Map<String, Observation> listed) {
        var different = listed.entrySet().stream()
                .filter(entry -> differs(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey);
        var unlisted = objects.published(kind).stream().filter(id -> !listed.containsKey(id));
        var asked = Stream.concat(different, unlisted).toList();
        asked.forEach(id -> queue.request(new ObjectRef(kind, id)));
        return asked.size();
    }

    private boolean differs(String id, Observation observation) {
        return objects.content(id)
                .map(content -> !Arrays.equals(content, Content.encode(observation)))
                .orElse(true);
    }
}
