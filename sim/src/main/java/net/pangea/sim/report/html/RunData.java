package net.pangea.sim.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Rounded;
import net.pangea.sim.scenario.Figures;

/** What the page of a run tells, as its script reads it. Times are milliseconds of the run. Bounded. */
final class RunData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int FAULTS_MAX = 4_000;
    private static final int FAULTS_ON_MAX = 6_000;
    private static final int MACHINES_NAMED_MAX = 24;
    private static final int RESOLVED_MAX = 400_000;

    private RunData() {}

    static ObjectNode of(Outcome run, Recording recording) {
        ObjectNode json = JSON.objectNode();
        json.put("replay", run.replay());
        json.put("executor", run.executor());
        json.put("traceHash", run.traceHash());
        json.put("effort", run.effort());
        json.put("resolved", cut(run.resolved()));
        ArrayNode checks = json.putArray("checks");
        run.checks().forEach(check -> checks.add(check(check)));
        json.set("figures", figures(run.figures()));
        ArrayNode notRealised = json.putArray("notRealised");
        run.notRealised().forEach(notRealised::add);
        faults(json, run, recording);
        recorded(json, recording);
        return json;
    }

    private static String cut(String resolved) {
        return resolved.length() <= RESOLVED_MAX
                ? resolved
                : resolved.substring(0, RESOLVED_MAX) + "\n# and so on: the file of --json has it all\n";
    }

    private static ObjectNode check(CheckResult check) {
        ObjectNode json = JSON.objectNode();
        json.put("name", check.name());
        json.put("about", check.about());
        json.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
        json.put("detail", check.detail());
        return json;
    }

    private static ArrayNode figures(Map<String, Long> figures) {
        ArrayNode json = JSON.arrayNode();
        figures.forEach((name, value) -> json.addArray()
                .add(name)
                .add(Figures.dimension(name)
                        .map(dimension -> Rounded.quantity(dimension, value))
                        .orElse(String.valueOf(value))));
        return json;
    }

    private static void faults(ObjectNode json, Outcome run, Recording recording) {
        Map<String, Integer> machines = numbers(recording.machines());
        ArrayNode faults = json.putArray("faults");
        ArrayNode faultsOn = json.putArray("faultsOn");
        long onLeftOut = 0;
        for (Outcome.Struck fault :
                run.faults().subList(0, Math.min(FAULTS_MAX, run.faults().size()))) {
            for (String machine : fault.machines()) {
                Integer number = machines.get(machine);
                if (number != null && faultsOn.size() < FAULTS_ON_MAX) {
                    faultsOn.addArray().add(number).add(faults.size());
                } else if (number != null) {
                    onLeftOut++;
                }
            }
            faults.add(fault(fault));
        }
        json.put("faultsLeftOut", Math.max(0, run.faults().size() - FAULTS_MAX));
        json.put("faultsOnLeftOut", onLeftOut);
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    private static ObjectNode fault(Outcome.Struck fault) {
        ObjectNode json = JSON.objectNode();
        json.put("id", fault.id());
        json.put("fault", fault.fault());
        json.put("at", millis(fault.atNanos()));
        json.set("end", time(fault.endedNanos()));
        ArrayNode machines = json.putArray("machines");
        fault.machines().stream().limit(MACHINES_NAMED_MAX).forEach(machines::add);
        json.put("machinesLeftOut", Math.max(0, fault.machines().size() - MACHINES_NAMED_MAX));
        ArrayNode spared = json.putArray("spared");
        fault.spared().stream().limit(MACHINES_NAMED_MAX).forEach(spared::add);
        return json;
    }

    private static void recorded(ObjectNode json, Recording recording) {
        json.put("endMs", millis(recording.endNanos()));
        ArrayNode machines = json.putArray("machines");
        recording.machines().forEach(machines::add);
        json.putObject("shards")
                .put("data", recording.shards().data())
                .put("parity", recording.shards().parity());
        ArrayNode expectations = json.putArray("expectations");
        recording
                .expectations()
                .forEach(one -> expectations.addObject().put("name", one.name()).put("about", one.about()));
        json.set("series", SeriesData.of(recording));
        json.put(
                "margin",
                recording.slices().stream().anyMatch(slice -> slice.margin().isPresent()));
        ArrayNode away = json.putArray("away");
        recording
                .away()
                .forEach(one -> away.addArray()
                        .add(one.machine())
                        .add(one.plight().word())
                        .add(millis(one.fromNanos()))
                        .add(time(one.untilNanos())));
        json.put("awayLeftOut", recording.awayLeftOut());
        ArrayNode turns = json.putArray("turns");
        recording
                .turns()
                .forEach(turn -> turns.addArray()
                        .add(millis(turn.atNanos()))
                        .add(turn.expectation())
                        .add(turn.standing().name().toLowerCase(Locale.ROOT)));
        json.set("map", map(recording.map()));
    }

    private static ObjectNode map(Recording.Holdings map) {
        ObjectNode json = JSON.objectNode();
        Map<String, Integer> segments = new LinkedHashMap<>();
        map.stripes().forEach(stripe -> segments.merge(stripe.object(), 1, Integer::sum));
        ArrayNode stripes = json.putArray("stripes");
        map.stripes()
                .forEach(stripe -> stripes.addObject()
                        .put("object", stripe.object())
                        .put("segment", stripe.segment())
                        .put("segments", segments.getOrDefault(stripe.object(), 1))
                        .put("at", millis(stripe.acknowledgedNanos())));
        ArrayNode held = json.putArray("held");
        map.held()
                .forEach(one -> held.addArray()
                        .add(one.stripe())
                        .add(one.column())
                        .add(one.machine())
                        .add(millis(one.fromNanos()))
                        .add(time(one.untilNanos())));
        json.put("stripesLeftOut", map.stripesLeftOut());
        json.put("heldLeftOut", map.heldLeftOut());
        return json;
    }

    private static ValueNode time(OptionalLong nanos) {
        return nanos.isPresent() ? JSON.numberNode(millis(nanos.getAsLong())) : JSON.nullNode();
    }

    /** {@return milliseconds, to a microsecond} */
    static double millis(long nanos) {
        long micros = nanos / 1_000;
        return micros / 1_000.0;
    }
}
