package net.pangea.sim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Figures;

/**
 * The outcome as JSON, for programs. One run is one object; a sweep is one object with the sweep's verdict and the runs'
 * objects under {@code runs}. A field is never removed and never changes its meaning; a new one raises {@code version}.
 */
public final class OutcomeJson {
    private static final int VERSION = 2;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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
        json.put("executor", first.executor());
        json.put("policy", policy(first));
        ObjectNode reached = json.putObject("reached");
        sweep.reached().forEach(reached::put);
        ArrayNode runs = json.putArray("runs");
        sweep.runs().forEach(run -> runs.add(node(run)));
        return text(json);
    }

    private static String text(ObjectNode json) {
        try {
            return JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                            .build()
                            .writeValueAsString(json)
                    + "\n";
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

    /** Plain numbers, with the unit at the end of the name where it is not a count or bytes. */
    private static ObjectNode figures(Map<String, Long> figures) {
        ObjectNode json = JSON.objectNode();
        figures.forEach((name, value) -> {
            switch (Figures.dimension(name).orElse(Dimension.COUNT)) {
                case DURATION -> json.put(name + "-seconds", seconds(value));
                case SHARE -> json.put(name + "-percent", BigDecimal.valueOf(value, 4));
                case SIZE, COUNT, RATE, DRIFT -> json.put(name, value);
            }
        });
        return json;
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9);
    }
}
