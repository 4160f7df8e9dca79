package io.drawdown.bench.sandbox;

import io.drawdown.bench.http.Load;
import io.drawdown.bench.http.Pace;
import io.drawdown.bench.report.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench sandbox}. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Requests a second that the Stripe sandbox serves on one core, with its journal on disk.")
public final class SandboxBench implements Callable<Integer> {

    private static final List<String> HEADERS =
            List.of("Authorization: Bearer sk_test_bench", "Content-Type: application/x-www-form-urlencoded");
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--requests",
            defaultValue = "20000",
            description = "Measured requests of each kind; a tenth of payments (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(names = "--clients", defaultValue = "4", description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--heap",
            defaultValue = "512",
            description = "The sandbox's heap in MiB (default: ${DEFAULT-VALUE}).")
    private int heapMegabytes;

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("drawdown-bench-sandbox-");
        var project = Path.of(System.getProperty("drawdown.root", "."))
                .toAbsolutePath()
                .normalize();
        try (var sandbox =
                SandboxProcess.start(project, folder.resolve("data"), heapMegabytes, folder.resolve("sandbox.log"))) {
            Output.progress(
                    "The sandbox listens after %d ms; its data and log: %s".formatted(sandbox.startMillis(), folder));
            var paces = measure(new Load(sandbox.address(), HEADERS, clients));
            output.print(() -> json(paces, sandbox), () -> text(paces, sandbox));
        }
        return 0;
    }

    private Map<String, Pace> measure(Load load) {
        var customers = new ConcurrentLinkedQueue<String>();
        Load.Request create = (connection, number) -> customers.add(id(connection.send(
                "POST", "/v1/customers", "name=Customer%20" + number + "&email=c" + number + "%40example.org")));
        Output.progress("Warming up");
        load.run(requests, create);
        var ids = List.copyOf(customers);
        Load.Request retrieve =
                (connection, number) -> connection.send("GET", "/v1/customers/" + ids.get(number % ids.size()), "");
        Load.Request list = (connection, number) -> connection.send("GET", "/v1/customers?limit=10", "");
        load.run(requests / 2, retrieve);
        load.run(requests / 4, list);
        var paces = new LinkedHashMap<String, Pace>();
        keep(paces, "create_customer", load.run(requests, create));
        keep(paces, "retrieve_customer", load.run(requests, retrieve));
        keep(paces, "list_customers", load.run(requests, list));
        keep(paces, "pay_invoice", payments(load));
        return paces;
    }

    private Pace payments(Load load) {
        int count = Math.max(1, requests / 10);
        var invoices = List.copyOf(invoices(load, count * 2));
        Load.Request pay =
                (connection, number) -> connection.send("POST", "/v1/invoices/" + invoices.get(number) + "/pay", "");
        load.run(count, pay);
        return load.run(count, (connection, number) -> pay.send(connection, number + count));
    }

    /** Finalized ones, each of a customer with a card. */
    private static ConcurrentLinkedQueue<String> invoices(Load load, int count) {
        Output.progress("Preparing %,d open invoices".formatted(count));
        var invoices = new ConcurrentLinkedQueue<String>();
        load.run(count, (connection, number) -> {
            var customer = id(connection.send(
                    "POST",
                    "/v1/customers",
                    "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"));
            var invoice = id(connection.send("POST", "/v1/invoices", "customer=" + customer));
            connection.send(
                    "POST",
                    "/v1/invoiceitems",
                    "customer=" + customer + "&invoice=" + invoice + "&amount=4500&currency=usd");
            connection.send("POST", "/v1/invoices/" + invoice + "/finalize", "");
            invoices.add(invoice);
        });
        return invoices;
    }

    private static void keep(Map<String, Pace> paces, String name, Pace pace) {
        Output.progress("%s: %,d/s".formatted(name, pace.perSecond()));
        paces.put(name, pace);
    }

    private static String id(String body) {
        var found = ID.matcher(body);
        if (!found.find()) {
            throw new IllegalStateException("No id in " + body);
        }
        return found.group(1);
    }

    private String json(Map<String, Pace> paces, SandboxProcess sandbox) {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "sandbox");
        report.put("requests_per_s", map(paces, Pace::perSecond));
        report.put("p50_ms", map(paces, Pace::p50Millis));
        report.put("p99_ms", map(paces, Pace::p99Millis));
        report.put("start_ms", sandbox.startMillis());
        report.put("rss_mb", sandbox.residentMegabytes());
        report.put("conditions", conditions());
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private static Map<String, Object> map(Map<String, Pace> paces, java.util.function.Function<Pace, Object> value) {
        var map = new LinkedHashMap<String, Object>();
        paces.forEach((name, pace) -> map.put(name, value.apply(pace)));
        return map;
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("sandbox_on_one_core", SandboxProcess.isPinned());
        conditions.put("clients", clients);
        conditions.put("requests", requests);
        conditions.put("heap_mb", heapMegabytes);
        conditions.put("journal", "on disk, not flushed");
        return conditions;
    }

    private static String text(Map<String, Pace> paces, SandboxProcess sandbox) {
        var text = new StringBuilder("%-18s %11s %9s %9s%n".formatted("", "requests/s", "p50 ms", "p99 ms"));
        paces.forEach((name, pace) -> text.append(
                "%-18s %,11d %9.2f %9.2f%n".formatted(name, pace.perSecond(), pace.p50Millis(), pace.p99Millis())));
        return text.append("started in %d ms, %d MiB resident"
                        .formatted(sandbox.startMillis(), sandbox.residentMegabytes()))
                .toString();
    }
}
