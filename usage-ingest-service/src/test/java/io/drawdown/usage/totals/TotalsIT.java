package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.support.time.Interval;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.domain.UsageForm;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** From events to totals, as billing and the topic's readers see them. */
@UsageServiceTest
class TotalsIT {

    /** The noon of two days ago, so that nothing is too far ahead. */
    static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2)).plus(Duration.ofHours(12));

    static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    UsageLab lab;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    WebTestClient http;
    String account;
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        http = ServiceClient.at(port, "billing-key");
        account = lab.activeAccount(id + "-key");
        type = lab.meter(Aggregation.SUM);
    }

    @Test
    void addsUpByHourAndDayAndKeepsTheDimensionsThatAreAskedForApart() {
        send("1", NOON, "1.5", "eu");
        send("2", NOON.plusSeconds(3_599), "2", "eu");
        send("3", NOON.plusSeconds(1), "4", "us");
        send("4", NOON.plusSeconds(3_600), "0.25", "eu");

        awaitValue("window=day", "7.75");
        assertThat(values(usage("window=hour"))).containsExactly("7.5", "0.25");
        var byRegion = usage("window=hour&groupBy=region");
        assertThat(values(byRegion)).containsExactly("3.5", "4", "0.25");
        assertThat(byRegion.at("/data/0/dimensions/region").asString()).isEqualTo("eu");
        assertThat(byRegion.at("/data/0/start").asString()).isEqualTo(NOON.toString());
        assertThat(byRegion.at("/data/0/events").asInt()).isEqualTo(2);
    }

    /** One of the four has no model. The first is the smallest and occurred last. */
    @Test
    void splitsByOneOrSeveralOfTheKeptDimensions() {
        var types = new EnumMap<Aggregation, String>(Aggregation.class);
        for (var aggregation : List.of(Aggregation.SUM, Aggregation.LAST, Aggregation.MAX, Aggregation.UNIQUE_COUNT)) {
            type = lab.meter(aggregation);
            types.put(aggregation, type);
            boolean isOfTexts = aggregation == Aggregation.UNIQUE_COUNT;
            send(NOON.plusSeconds(30), Map.of("value", isOfTexts ? "ann" : "1", "region", "eu", "model", "large"));
            send(NOON.plusSeconds(20), Map.of("value", isOfTexts ? "ann" : "2", "region", "eu", "model", "small"));
            send(NOON.plusSeconds(10), Map.of("value", isOfTexts ? "bob" : "4", "region", "us", "model", "large"));
            send(NOON, Map.of("value", isOfTexts ? "ann" : "8", "region", "us"));
        }

        awaitSplits(
                types.get(Aggregation.SUM),
                Map.of("", "15"),
                Map.of("eu", "3", "us", "12"),
                Map.of("large", "5", "small", "2", "", "8"),
                Map.of("eu/large", "1", "eu/small", "2", "us/large", "4", "us/", "8"));
        awaitSplits(
                types.get(Aggregation.LAST),
                Map.of("", "1"),
                Map.of("eu", "1", "us", "4"),
                Map.of("large", "1", "small", "2", "", "8"),
                Map.of("eu/large", "1", "eu/small", "2", "us/large", "4", "us/", "8"));
        awaitSplits(
                types.get(Aggregation.MAX),
                Map.of("", "8"),
                Map.of("eu", "2", "us", "8"),
                Map.of("large", "4", "small", "2", "", "8"),
                Map.of("eu/large", "1", "eu/small", "2", "us/large", "4", "us/", "8"));
        awaitSplits(
                types.get(Aggregation.UNIQUE_COUNT),
                Map.of("", "2"),
                Map.of("eu", "1", "us", "2"),
                Map.of("large", "2", "small", "1", "", "1"),
                Map.of("eu/large", "1", "eu/small", "1", "us/large", "1", "us/", "1"));
    }

    /** No two of them are one, whatever the index of the totals can hold: they differ in the last character. */
    @Test
    void keepsTheLongestTextsApartAndAnswersWithThemInFull() {
        var noise = LongDimensionsIT.noise(UsageForm.DATA_VALUE_LENGTH_MAX - 1);
        send(NOON, Map.of("value", "1", "region", noise + "1", "model", noise + "a"));
        send(NOON, Map.of("value", "2", "region", noise + "2", "model", noise + "a"));
        send(NOON, Map.of("value", "4", "region", noise + "2", "model", noise + "b"));

        awaitValue("window=day", "7");
        assertThat(split("region")).isEqualTo(Map.of(noise + "1", "1", noise + "2", "6"));
        assertThat(split("model")).isEqualTo(Map.of(noise + "a", "3", noise + "b", "4"));
    }

    private void awaitSplits(
            String meter,
            Map<String, String> whole,
            Map<String, String> byRegion,
            Map<String, String> byModel,
            Map<String, String> byBoth) {
        type = meter;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(split("region", "model")).isEqualTo(byBoth));
        assertThat(split("model", "region")).hasSameSizeAs(byBoth);
        assertThat(split("region")).isEqualTo(byRegion);
        assertThat(split("model")).isEqualTo(byModel);
        assertThat(split()).isEqualTo(whole);
    }

    /** The values of the day by what the dimensions are, one behind the other. */
    private Map<String, String> split(String... dimensions) {
        var entries =
                usage("window=day&groupBy=" + String.join(",", dimensions)).path("data");
        return entries.valueStream()
                .collect(Collectors.toMap(
                        entry -> Stream.of(dimensions)
                                .map(name -> entry.path("dimensions").path(name).asString(""))
                                .collect(Collectors.joining("/")),
                        entry -> entry.path("value").asString()));
    }

    private void send(Instant at, Map<String, String> data) {
        lab.send(account, new UsageEvent(fresh(id), "/lab", type, account, at, data));
    }

    @Test
    void findsTheAccountByItsOwnKey() {
        send("1", NOON, "1", "eu");

        awaitValue("window=day", "1");
        assertThat(values(usage(id + "-key", "window=day"))).containsExactly("1");
    }

    @Test
    void movesTheWindowInWhichLateUsageOccurred() {
        send("1", NOON, "1", "eu");
        send("2", NOON.plusSeconds(7_200), "2", "eu");
        awaitValue("window=day", "3");

        send("3", NOON.plusSeconds(10), "5", "eu");

        awaitValue("window=day", "8");
        assertThat(values(usage("window=hour"))).containsExactly("6", "2");
    }

    @Test
    void aggregatesAsTheMeterDoes() {
        Map.of(Aggregation.COUNT, "3", Aggregation.LAST, "2", Aggregation.MAX, "9", Aggregation.SUM, "12")
                .forEach((aggregation, expected) -> {
                    type = lab.meter(aggregation);
                    send(type + "-1", NOON.plusSeconds(5), "9", "eu");
                    send(type + "-2", NOON.plusSeconds(9), "2", "eu");
                    send(type + "-3", NOON.plusSeconds(1), "1", "eu");

                    awaitValue("window=day", expected);
                });
    }

    /** The identity is the source and the id: neither a dimension nor a meter, of which the same event might seem to be several. */
    @Test
    void countsAnEventOnceThatComesUnderTwoDimensionsAndTwoMeters() {
        var other = lab.meter(Aggregation.SUM);
        send("1", NOON, "2", "eu");
        send("1", NOON, "2", "us");
        lab.send(
                account, new UsageEvent(id + "-1", "/lab", other, account, NOON, Map.of("value", "2", "region", "eu")));
        send("2", NOON, "3", "eu");

        awaitValue("window=day", "5");
        var byRegion = usage("window=day&groupBy=region");
        assertThat(values(byRegion)).containsExactly("5");
        assertThat(byRegion.at("/data/0/dimensions/region").asString()).isEqualTo("eu");
        type = other;
        assertThat(values(usage("window=day"))).isEmpty();
    }

    @Test
    void publishesEachTotalAndItsLaterStates() {
        var key = account + "|mtr_" + type + "|HOUR|" + NOON + "|{\"region\": \"eu\"}";
        send("1", NOON, "1.50", "eu");
        await().atMost(PATIENCE).until(() -> lab.total(key) != null);

        send("2", NOON.plusSeconds(5), "2", "eu");

        await().atMost(PATIENCE).until(() -> lab.total(key).getEvents() == 2);
        var total = lab.total(key);
        assertThat(total.getSum()).isEqualTo("3.5");
        assertThat(total.getMax()).isEqualTo("2");
        assertThat(total.getLast()).isEqualTo("2");
        assertThat(total.getLastAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(total.getVersion()).isEqualTo(2);
        assertThat(total.getDimensions()).containsOnly(Map.entry("region", "eu"));
        var day = lab.total(account + "|mtr_" + type + "|DAY|" + MIDNIGHT + "|{\"region\": \"eu\"}");
        assertThat(day.getStart()).isEqualTo(MIDNIGHT);
    }

    /** Five hours and three quarters before UTC: its hours begin at a quarter past. */
    @Test
    void countsInTheHoursDaysAndMonthsOfTheAccount() {
        account = lab.activeAccountIn("Asia/Kathmandu");
        var zone = Zone.of("Asia/Kathmandu");
        var day = zone.day(NOON);
        send("1", day.start().minusMillis(1), "1", "eu");
        send("2", day.start(), "2", "eu");
        send("3", day.start().plus(Duration.ofHours(1)).minusMillis(1), "4", "eu");
        send("4", day.start().plus(Duration.ofHours(1)), "8", "eu");
        send("5", day.end(), "16", "eu");
        var key = account + "|mtr_" + type + "|DAY|" + day.start() + "|{\"region\": \"eu\"}";
        await().atMost(PATIENCE)
                .until(() -> lab.total(key) != null && lab.total(key).getEvents() == 3);

        assertThat(lab.total(key).getSum()).isEqualTo("14");
        assertThat(lab.total(key).getEnd()).isEqualTo(day.end());
        assertThat(values(in(day, "window=day"))).containsExactly("14");
        var byHour = in(day, "window=hour");
        assertThat(values(byHour)).containsExactly("6", "8");
        assertThat(byHour.at("/data/0/start").asString()).isEqualTo(day.start().toString());
        var months = new Interval(
                zone.month(day.start().minusMillis(1)).start(),
                zone.month(day.end()).end());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(values(in(months, "window=month"))).isEqualTo(monthly(zone, day)));
        assertThat(lab.accepted(id + "-1").getTimeZone()).isEqualTo("Asia/Kathmandu");
    }

    /** By the month in which each of the five falls, whenever this runs. */
    private static List<String> monthly(Zone zone, Interval day) {
        var sums = new TreeMap<YearMonth, Integer>();
        sums.merge(zone.monthOf(day.start().minusMillis(1)), 1, Integer::sum);
        sums.merge(zone.monthOf(day.start()), 14, Integer::sum);
        sums.merge(zone.monthOf(day.end()), 16, Integer::sum);
        return sums.values().stream().map(String::valueOf).toList();
    }

    private JsonNode in(Interval interval, String parameters) {
        return get("account=" + account + "&meter=mtr_" + type + "&from=" + interval.start() + "&to=" + interval.end()
                        + "&" + parameters)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void answers400WithWhereTheAccountsWindowBegins() {
        account = lab.activeAccountIn("Asia/Kathmandu");
        get(query(account, "window=day"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail)
                                .contains("Asia/Kathmandu", "begins at " + MIDNIGHT.minus(Duration.ofMinutes(345))));
    }

    /** Usage was accepted, and then a newer version has changed the meter. */
    @Test
    void answers409WhenTheMeterAggregatesInAWayThatIsNotKnown() {
        send("1", NOON, "1", "eu");
        awaitValue("window=day", "1");

        lab.makeMeter(type, Aggregation.UNKNOWN, "value");

        await().atMost(PATIENCE)
                .untilAsserted(() -> get(query(account, "window=day"))
                        .expectStatus()
                        .isEqualTo(409)
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo("urn:problem:usage-ingest:unknown-aggregation"));
    }

    /** Senders choose the values of dimensions: millions would not fit into the memory. */
    @Test
    void doesNotReadMoreEntriesThanAnAnswerHas() {
        addRegions(TotalsSearch.GROUPS_MAX + 1, 1);

        get(query(account, "window=day&groupBy=region"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail)
                                .startsWith("there are 10001 entries")
                                .contains("leave out of groupBy what has many values"));
        assertThat(values(usage("window=day"))).containsExactly("10001");
    }

    /** Their number may be small. */
    @Test
    void doesNotReadMoreOfLongDimensionsThanAnAnswerHas() {
        addRegions(5_000, 1_000);

        get(query(account, "window=day&groupBy=region"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).startsWith("there are 5000 entries"));
        assertThat(values(usage("window=day"))).containsExactly("5000");
    }

    /** A day's totals of so many regions, with names of about so many characters. */
    private void addRegions(int regions, int characters) {
        jdbc.update(
                """
                insert into usage_total (account_id, meter_id, span, start_at, end_at, dimensions, events, sum, max, last, last_at,
                       last_offset, updated_at, published)
                select ?, ?, 'DAY', ?, ?, jsonb_build_object('region', repeat('r', ?) || n), 1, 1, 1, 1, now(), n, now(), 1
                  from generate_series(1, ?) as n
                """, account, "mtr_" + type, at(MIDNIGHT), at(MIDNIGHT.plus(Duration.ofDays(1))), characters, regions);
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    @Test
    void answers400And404And403() {
        get("account=" + account + "&meter=mtr_" + type + "&from=" + NOON.plusSeconds(1) + "&to="
                        + NOON.plusSeconds(3_600) + "&window=hour")
                .expectStatus()
                .isBadRequest();
        get("account=" + account + "&meter=mtr_" + type + "&from=" + MIDNIGHT + "&to=" + MIDNIGHT)
                .expectStatus()
                .isBadRequest();
        get("account=" + account + "&meter=mtr_" + type + "&from=2020-01-01T00:00:00Z&to=" + MIDNIGHT)
                .expectStatus()
                .isBadRequest();
        for (var year : List.of("0000", "-5000", "%2B12000", "%2B292278995")) {
            get("account=" + account + "&meter=mtr_" + type + "&from=" + year + "-01-01T00:00:00Z&to=" + year
                            + "-01-02T00:00:00Z")
                    .expectStatus()
                    .isBadRequest();
        }
        get(query(account, "window=week")).expectStatus().isBadRequest();
        get(query(account, "groupBy=secret"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("drawdown.usage.totals.dimensions"));
        get("account=" + account).expectStatus().isBadRequest();
        get(query("nobody", "window=day")).expectStatus().isNotFound();
        get(query(account, "window=day").replace("mtr_", "other_"))
                .expectStatus()
                .isNotFound();
        http.get()
                .uri("/v1/usage?" + query(account, "window=day"))
                .headers(headers -> headers.setBearerAuth("ingest-key"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    void send(String suffix, Instant at, String value, String region) {
        var data = Map.of("value", value, "region", region, "request", fresh("req"));
        lab.send(account, new UsageEvent(id + "-" + suffix, "/lab", type, account, at, data));
    }

    void awaitValue(String parameters, String value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(values(usage(parameters))).containsExactly(value));
    }

    static List<String> values(JsonNode usage) {
        return usage.path("data")
                .valueStream()
                .map(entry -> entry.path("value").asString())
                .toList();
    }

    JsonNode usage(String parameters) {
        return usage(account, parameters);
    }

    JsonNode usage(String subject, String parameters) {
        return get(query(subject, parameters))
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    String query(String subject, String parameters) {
        return "account=" + subject + "&meter=mtr_" + type + "&from=" + MIDNIGHT + "&to="
                + MIDNIGHT.plus(Duration.ofDays(1)) + "&" + parameters;
    }

    ResponseSpec get(String query) {
        return http.get()
                .uri(URI.create("http://localhost:" + port + "/v1/usage?" + query))
                .exchange();
    }
}
