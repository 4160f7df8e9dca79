package io.drawdown.sandbox.seed;

import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.engine.Request;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Work;
import io.drawdown.sandbox.trouble.TroubleControl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API from within: the same rules and events, but no troubles on the way. {@code /_sandbox} too. */
public final class LocalApi implements Api {

    private static final Pattern JSON = Pattern.compile("-?\\d{1,15}|true|false|null|[\\[{].*", Pattern.DOTALL);

    private final Engine engine;
    private final TroubleControl control;

    public LocalApi(Engine engine, TroubleControl control) {
        this.engine = engine;
        this.control = control;
    }

    @Override
    public Answer call(String method, String path, List<Param> params) {
        var reply = path.startsWith("/_sandbox") ? control(method, path, params) : api(method, path, params);
        return new Answer(reply.status(), Json.parse(reply.body()));
    }

    private Reply control(String method, String path, List<Param> params) {
        return control.process(method, path, Json.bytes(object(params)));
    }

    private Reply api(String method, String path, List<Param> params) {
        boolean json = Request.isV2(path) && method.equals("POST");
        var id = "req_" + Ids.text(14);
        return engine.process(
                new Request(
                        id,
                        method,
                        path,
                        json ? "" : Param.encode(params),
                        json ? Json.text(object(params)) : null,
                        null,
                        Work.PLATFORM),
                () -> {});
    }

    private static ObjectNode object(List<Param> params) {
        var object = Json.object();
        params.forEach(param -> object.set(param.name(), value(param.value())));
        return object;
    }

    /** Numbers, booleans, arrays and objects as JSON has them; everything else is text. */
    private static JsonNode value(String text) {
        return JSON.matcher(text).matches()
                ? Json.parse(text.getBytes(StandardCharsets.UTF_8))
                : JsonNodeFactory.instance.stringNode(text);
    }
}
