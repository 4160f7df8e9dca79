package io.drawdown.sandbox;

import com.stripe.model.EventDataClassLookup;
import com.stripe.model.StripeObject;
import com.stripe.net.ApiResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property served must survive stripe-java's model classes. */
final class ModelCheck {

    private static final Map<String, Class<? extends StripeObject>> MODELS = models();

    private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

    private ModelCheck() {}

    private static Map<String, Class<? extends StripeObject>> models() {
        var models = new HashMap<String, Class<? extends StripeObject>>(EventDataClassLookup.classLookup);
        models.putAll(com.stripe.model.v2.EventDataClassLookup.classLookup);
        return Map.copyOf(models);
    }

    /** The objects that an answer is made of: itself, or the entries of a list. */
    static List<JsonNode> objectsIn(JsonNode body) {
        if (!body.path("data").isArray()) {
            return body.has("object") ? List.of(body) : List.of();
        }
        return body.path("data").valueStream().toList();
    }

    /** What is lost or changed of an object; nothing when it survives. */
    static List<String> faults(JsonNode served) {
        var name = served.path("object").asString();
        var model = name.equals("v2.core.event") ? thin(served) : MODELS.get(name);
        if (model == null) {
            return List.of("stripe-java has no model for " + name);
        }
        return faults(served, ApiResource.GSON.fromJson(served.toString(), model));
    }

    /** What is lost or changed of an object that stripe-java has read. */
    static List<String> faults(JsonNode served, StripeObject read) {
        var faults = new ArrayList<String>();
        compare(
                served,
                JsonMapper.shared().readTree(read.toJson()),
                served.path("object").asString(),
                faults);
        return faults;
    }

    private static Class<? extends StripeObject> thin(JsonNode event) {
        return com.stripe.model.v2.EventDataClassLookup.eventClassLookup.get(
                event.path("type").asString());
    }

    private static void compare(JsonNode served, JsonNode back, String at, List<String> faults) {
        if (served.isObject()) {
            served.properties().forEach(property -> {
                var name = at + "." + property.getKey();
                if (back.has(property.getKey())) {
                    compare(property.getValue(), back.path(property.getKey()), name, faults);
                } else if (!property.getValue().isNull()) {
                    faults.add(name + " is lost");
                }
            });
        } else if (served.isArray() && back.size() == served.size()) {
            for (int i = 0; i < served.size(); i++) {
                compare(served.get(i), back.get(i), at + "[" + i + "]", faults);
            }
        } else if (!plain(served).equals(plain(back))) {
            faults.add(at + " was " + served + " and becomes " + back);
        }
    }

    /** stripe-java leaves out the milliseconds of a v2 time that has none, and prints decimals as doubles. */
    private static String plain(JsonNode value) {
        var text = value.isValueNode() ? value.asString("null").replace(".000Z", "Z") : value.toString();
        return DECIMAL.matcher(text).matches() ? Double.toString(Double.parseDouble(text)) : text;
    }
}
