package net.pangea.sim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Figures;
import net.pangea.sim.scenario.Settings;

/**
 * The outcome as JSON, for programs. One run is one object; a sweep is one object with the sweep's verdict and the runs'
 * objects under {@code runs}. A field is never removed and never changes its meaning; a new one raises {@code version}.
 */
public final class OutcomeJson {
    private static final int VERSION = 4;

    /** What {@link #writeLine} begins with. */
    public static final String LINE_BEGINS = "{\"version\":" + VERSION + ",";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int NANOS_DIGITS = 9;
    private static final int PERCENT_DIGITS = 4;
    private static final String SECONDS = "-seconds";
    private static final String PERCENT = "-percent";

    private OutcomeJson() {}

    /** {@return one run} */
    public static String write(Outcome run) {
        return text(node(run));
    }

    /** {@return a sweep} */
    public static String write(Sweep sweep) {
        ObjectNode json = JSON.objectNode();
        Outcome first = sweep.runs().getFirst();
        json.put("version", VERSION);
        json.put("verdict", sweep.verdict().word());
        json.put("scenario", first.file());
        ArrayNode settings = json.putArray("settings");
        first.settings().texts().forEach(settings::add);
        json.put("executor", first.executor());
        json.put("policy", policy(first));
        ObjectNode reached = json.putObject("reached");
        sweep.reached().forEach(reached::put);
        ArrayNode causes = json.putArray("causes");
        sweep.causes().forEach(cause -> {
            ObjectNode node = causes.addObject();
            node.put("what", cause.what());
            ArrayNode seeds = node.putArray("seeds");
            cause.runs().forEach(run -> seeds.add(run.seed()));
        });
        ObjectNode figures = json.putObject("figures");
        sweep.figures().forEach((name, spread) -> spread(figures, name, spread));
        ArrayNode runs = json.putArray("runs");
        sweep.runs().forEach(run -> runs.add(node(run)));
        return text(json);
    }

    /** {@return one run, on one line without its end} */
    public static String writeLine(Outcome run) {
        return text(node(run), MAPPER);
    }

    /**
     * {@return the run that {@link #write(Outcome)} or {@link #writeLine} wrote}
     *
     * @throws MalformedOutcome if it was something else
     */
    public static Outcome read(String text) {
        try {
            return outcome(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new MalformedOutcome("not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedOutcome(String.valueOf(e.getMessage()));
        }
    }

    /**
     * {@return the runs of a file of one run, of a sweep, or of outcomes on a line each}
     *
     * @throws MalformedOutcome if it was something else
     */
    public static List<Outcome> readAll(String text) {
        List<Outcome> all = new ArrayList<>();
        try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNext()) {
                JsonNode value = values.next();
                if (value.has("runs")) {
                    value.get("runs").forEach(run -> all.add(outcome(run)));
                } else {
                    all.add(outcome(value));
                }
            }
        } catch (JsonProcessingException e) {
            throw new MalformedOutcome("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is always read
        } catch (RuntimeJsonMappingException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedOutcome(String.valueOf(e.getMessage()));
        }
        return List.copyOf(all);
    }

    private static String text(ObjectNode json) {
        return text(
                        json,
                        MAPPER.rebuild()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()) + "\n";
    }

    private static String text(ObjectNode json, JsonMapper mapper) {
        try {
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static String policy(Outcome run) {
        return run.policy().map(policy -> policy.word()).orElse("");
    }

    private static ObjectNode node(Outcome run) {
        ObjectNode json = JSON.objectNode();
        json.put("version", VERSION);
        json.put("verdict", run.verdict().word());
        json.put("seed", run.seed());
        json.put("scenario", run.file());
        ArrayNode settings = json.putArray("settings");
        run.settings().texts().forEach(settings::add);
        json.put("story", run.story());
        json.put("executor", run.executor());
        json.put("transport", run.transport());
        json.put("policy", policy(run));
        json.put("fingerprint", run.fingerprint().toString());
        json.put("traceHash", run.traceHash());
        json.put("virtualSeconds", seconds(run.virtualNanos()));
        json.put("wallSeconds", seconds(run.wallNanos()));
        json.put("events", run.events());
        json.put("messages", run.messages());
        ArrayNode checks = json.putArray("checks");
        run.checks().forEach(check -> checks.add(node(check)));
        ArrayNode faults = json.putArray("faults");
        run.faults().forEach(fault -> faults.add(node(fault)));
        ArrayNode notRealised = json.putArray("notRealised");
        run.notRealised().forEach(notRealised::add);
        json.set("figures", figures(run.figures()));
        json.put("resolved", run.resolved());
        json.put("error", run.invalid().orElse(""));
        json.put("replay", run.replay());
        return json;
    }

    private static ObjectNode node(CheckResult check) {
        ObjectNode json = JSON.objectNode();
        json.put("name", check.name());
        json.put("about", check.about());
        json.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
        json.put("detail", check.detail());
        return json;
    }

    private static ObjectNode node(Outcome.Struck fault) {
        ObjectNode json = JSON.objectNode();
        json.put("id", fault.id());
        json.put("fault", fault.fault());
        json.put("atSeconds", seconds(fault.atNanos()));
        fault.endedNanos().ifPresent(ended -> json.put("endedSeconds", seconds(ended)));
        ArrayNode machines = json.putArray("machines");
        fault.machines().forEach(machines::add);
        ArrayNode spared = json.putArray("spared");
        fault.spared().forEach(spared::add);
        return json;
    }

    private static void spread(ObjectNode json, String name, Spread spread) {
        switch (Figures.dimension(name).orElse(Dimension.COUNT)) {
            case DURATION -> spread(json.putObject(name + SECONDS), spread, NANOS_DIGITS);
            case SHARE -> spread(json.putObject(name + PERCENT), spread, PERCENT_DIGITS);
            case SIZE, COUNT, RATE, DRIFT -> spread(json.putObject(name), spread, 0);
        }
    }

    private static void spread(ObjectNode json, Spread spread, int digits) {
        json.put("runs", spread.runs());
        json.put("mean", BigDecimal.valueOf(spread.mean()).movePointLeft(digits));
        json.put("within", BigDecimal.valueOf(spread.within()).movePointLeft(digits));
        json.put("least", BigDecimal.valueOf(spread.least(), digits));
        json.put("median", BigDecimal.valueOf(spread.median(), digits));
        json.put("most", BigDecimal.valueOf(spread.most(), digits));
    }

    /** Plain numbers, with the unit at the end of the name where it is not a count or bytes. */
    private static ObjectNode figures(Map<String, Long> figures) {
        ObjectNode json = JSON.objectNode();
        figures.forEach((name, value) -> {
            switch (Figures.dimension(name).orElse(Dimension.COUNT)) {
                case DURATION -> json.put(name + SECONDS, seconds(value));
                case SHARE -> json.put(name + PERCENT, BigDecimal.valueOf(value, PERCENT_DIGITS));
                case SIZE, COUNT, RATE, DRIFT -> json.put(name, value);
            }
        });
        return json;
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANOS_DIGITS);
    }

    private static Outcome outcome(JsonNode json) {
        int version = field(json, "version").intValue();
        if (version != VERSION) {
            throw new MalformedOutcome("version " + version + " of an outcome, where this reads " + VERSION);
        }
        String policy = word(json, "policy");
        String error = word(json, "error");
        String fingerprint = word(json, "fingerprint");
        return new Outcome(
                verdict(word(json, "verdict")),
                field(json, "seed").bigIntegerValue().longValueExact(),
                word(json, "scenario"),
                settings(all(json, "settings", JsonNode::asText)),
                word(json, "story"),
                word(json, "executor"),
                word(json, "transport"),
                policy.isEmpty() ? Optional.empty() : Optional.of(policy(policy)),
                Fingerprint.parse(fingerprint)
                        .orElseThrow(() -> new MalformedOutcome("'" + fingerprint + "' is not a fingerprint")),
                word(json, "traceHash"),
                nanos(json, "virtualSeconds"),
                nanos(json, "wallSeconds"),
                field(json, "events").longValue(),
                field(json, "messages").longValue(),
                all(json, "checks", OutcomeJson::check),
                all(json, "faults", OutcomeJson::struck),
                all(json, "notRealised", JsonNode::asText),
                readFigures(field(json, "figures")),
                word(json, "resolved"),
                error.isEmpty() ? Optional.empty() : Optional.of(error));
    }

    private static Settings settings(List<String> texts) {
        try {
            return Settings.of(texts);
        } catch (BadInput e) {
            throw new MalformedOutcome(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new MalformedOutcome("there is no '" + name + "'");
        }
        return value;
    }

    private static String word(JsonNode json, String name) {
        return field(json, name).asText();
    }

    private static long nanos(JsonNode json, String name) {
        return field(json, name).decimalValue().movePointRight(NANOS_DIGITS).longValueExact();
    }

    private static <T> List<T> all(JsonNode json, String name, Function<JsonNode, T> read) {
        List<T> all = new ArrayList<>();
        field(json, name).forEach(one -> all.add(read.apply(one)));
        return List.copyOf(all);
    }

    private static Outcome.Verdict verdict(String word) {
        return Arrays.stream(Outcome.Verdict.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedOutcome("'" + word + "' is not a verdict"));
    }

    private static Policy policy(String word) {
        return Arrays.stream(Policy.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedOutcome("'" + word + "' is not a policy"));
    }

    private static CheckResult check(JsonNode json) {
        return new CheckResult(
                word(json, "name"),
                word(json, "about"),
                Ruling.Verdict.valueOf(word(json, "verdict").toUpperCase(Locale.ROOT)),
                word(json, "detail"));
    }

    private static Outcome.Struck struck(JsonNode json) {
        return new Outcome.Struck(
                word(json, "id"),
                word(json, "fault"),
                nanos(json, "atSeconds"),
                json.has("endedSeconds") ? OptionalLong.of(nanos(json, "endedSeconds")) : OptionalLong.empty(),
                all(json, "machines", JsonNode::asText),
                all(json, "spared", JsonNode::asText));
    }

    private static Map<String, Long> readFigures(JsonNode json) {
        Map<String, Long> figures = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            String name = entry.getKey();
            BigDecimal value = entry.getValue().decimalValue();
            if (name.endsWith(SECONDS)) {
                figures.put(
                        name.substring(0, name.length() - SECONDS.length()),
                        value.movePointRight(NANOS_DIGITS).longValueExact());
            } else if (name.endsWith(PERCENT)) {
                figures.put(
                        name.substring(0, name.length() - PERCENT.length()),
                        value.movePointRight(PERCENT_DIGITS).longValueExact());
            } else {
                figures.put(name, value.longValueExact());
            }
        });
        return figures;
    }
}
