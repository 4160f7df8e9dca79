package io.drawdown.sandbox.page;

import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import io.drawdown.sandbox.http.Site;
import io.drawdown.sandbox.seed.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page as HTTP: GET shows, POST does and redirects. Only its own pages may make it do something. */
public final class PageSite implements Site {

    private static final System.Logger LOG = System.getLogger(PageSite.class.getName());
    private static final Map<String, View> VIEWS = Map.ofEntries(
            Map.entry("", new CustomersView()),
            Map.entry("customers", new CustomerView()),
            Map.entry("invoices", new InvoicesView()),
            Map.entry("subscriptions", new SubscriptionsView()),
            Map.entry("events", new EventsView()),
            Map.entry("webhooks", new WebhooksView()),
            Map.entry("clocks", new ClocksView()),
            Map.entry("troubles", new TroublesView()));

    private final Api api;
    private final Actions actions;
    private final Origin origin;
    private final byte[] style = read("style.css");

    /**
     * A page about one sandbox.
     *
     * @param host address that it is bound to
     */
    public PageSite(Api api, String host) {
        this.api = api;
        this.actions = new Actions(api);
        this.origin = new Origin(host);
    }

    private static byte[] read(String resource) {
        try (var in = PageSite.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the sandbox's jar: rebuild it");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read: rebuild the jar", e);
        }
    }

    @Override
    public @Nullable Outgoing answer(Incoming request) {
        if (!origin.isOurs(request)) {
            return refuse(403, "This page answers to its own address only.");
        }
        try {
            return request.method().equals("POST") ? perform(request) : show(request);
        } catch (NotShown refusal) {
            return refuse(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Fault of the page at " + request.path(), fault);
            return refuse(500, "A fault of the sandbox's page: its log has the cause.");
        }
    }

    private Outgoing perform(Incoming request) {
        var form = decode(new String(request.body(), StandardCharsets.UTF_8));
        return redirect(actions.perform(form));
    }

    private Outgoing show(Incoming request) {
        if (request.path().equals("/style.css")) {
            return page(200, "text/css; charset=utf-8", style);
        }
        var segments = request.path().substring(1).split("/", 2);
        var view = VIEWS.get(segments[0]);
        if (view == null) {
            throw new NotShown(404, "There is no such page.");
        }
        var query = decode(request.query() == null ? "" : request.query());
        var content = view.show(new Visit(api, segments.length > 1 ? segments[1] : "", query));
        return html(200, Layout.page(segments[0], actions.take(query.getOrDefault("notice", "")), content));
    }

    @Override
    public Outgoing refuse(int status, String message) {
        return html(status, Layout.page("", null, Html.of("<h1>{}</h1><p>{}</p>", "Not shown", message)));
    }

    private static Outgoing html(int status, Html page) {
        return page(status, "text/html; charset=utf-8", page.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Outgoing page(int status, String type, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "same-origin");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        return new Outgoing(status, headers, body);
    }

    private static Outgoing redirect(String path) {
        return new Outgoing(303, Map.of("Location", path), new byte[0]);
    }

    private static Map<String, String> decode(String form) {
        var params = new HashMap<String, String>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return params;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
