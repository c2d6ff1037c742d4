package net.pangea.sim.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import net.pangea.sim.report.Cause;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Rounded;
import net.pangea.sim.report.Spread;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Figures;

/** What the page of a sweep tells, as its script reads it. Bounded. */
final class SweepData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int POINTS_MAX = 1_000;
    private static final int SEEDS_NAMED_MAX = 40;
    private static final int CAUSES_MAX = 100;

    private SweepData() {}

    static ObjectNode of(Sweep sweep) {
        List<Outcome> runs = sweep.runs();
        List<Outcome> shown = thinned(runs);
        ObjectNode json = JSON.objectNode();
        json.put("runs", runs.size());
        json.putArray("seeds").add(runs.getFirst().seed()).add(runs.getLast().seed());
        json.put("pointsLeftOut", runs.size() - shown.size());
        json.put("resolved", runs.getFirst().resolved());
        json.put("effort", effort(runs));
        ArrayNode causes = json.putArray("causes");
        sweep.causes().stream().limit(CAUSES_MAX).forEach(cause -> causes.add(cause(cause)));
        ArrayNode reached = json.putArray("reached");
        sweep.reached().forEach((name, times) -> reached.addArray().add(name).add(times.longValue()));
        ArrayNode figures = json.putArray("figures");
        sweep.figures().forEach((name, spread) -> figures.add(figure(name, spread, runs, shown)));
        return json;
    }

    /** {@return runs for a plot: all that did not pass, as far as there is room, and of the others as many, evenly} */
    private static List<Outcome> thinned(List<Outcome> runs) {
        if (runs.size() <= POINTS_MAX) {
            return runs;
        }
        long failed = runs.stream().filter(run -> !passed(run)).count();
        long room = Math.max(0, POINTS_MAX - failed);
        long passed = runs.size() - failed;
        long[] seen = new long[2];
        return runs.stream()
                .filter(run -> {
                    if (!passed(run)) {
                        return seen[1]++ < POINTS_MAX;
                    }
                    long n = seen[0]++;
                    return (n + 1) * room / passed > n * room / passed;
                })
                .toList();
    }

    private static boolean passed(Outcome run) {
        return run.verdict() == Outcome.Verdict.PASS;
    }

    private static String effort(List<Outcome> runs) {
        long virtual = runs.stream().mapToLong(Outcome::virtualNanos).sum();
        long wall = runs.stream().mapToLong(Outcome::wallNanos).sum();
        long events = runs.stream().mapToLong(Outcome::events).sum();
        return Rounded.count(runs.size(), "run") + " of " + Rounded.duration(virtual / runs.size()) + " each, in "
                + Rounded.duration(wall / runs.size()) + " each: " + Rounded.ratio(virtual, wall, 1)
                + " x real time, " + Rounded.perSecond(events, wall) + " events/s in each JVM";
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode json = JSON.objectNode();
        Outcome first = cause.runs().getFirst();
        json.put("runs", cause.runs().size());
        json.put("what", cause.what());
        json.put("first", "seed " + first.seed() + ": " + first.problem().orElse(""));
        ArrayNode seeds = json.putArray("seeds");
        cause.runs().stream().limit(SEEDS_NAMED_MAX).forEach(run -> seeds.add(run.seed()));
        json.put("seedsLeftOut", Math.max(0, cause.runs().size() - SEEDS_NAMED_MAX));
        json.put("replay", first.replay());
        return json;
    }

    private static ObjectNode figure(String name, Spread spread, List<Outcome> runs, List<Outcome> shown) {
        Dimension dimension = Figures.dimension(name).orElse(Dimension.COUNT);
        ObjectNode json = JSON.objectNode();
        json.put("name", name);
        json.put("dimension", dimension.name().toLowerCase(Locale.ROOT));
        json.put("runs", spread.runs());
        json.put("mean", Rounded.mean(dimension, spread.mean()));
        json.put("within", Rounded.mean(dimension, spread.within()));
        json.put("least", Rounded.quantity(dimension, spread.least()));
        json.put("median", Rounded.quantity(dimension, spread.median()));
        json.put("most", Rounded.quantity(dimension, spread.most()));
        json.put("meanAt", spread.mean());
        json.put("withinAt", spread.within());
        List<Histogram.Bin> bins = Histogram.of(runs.stream()
                .filter(run -> run.figures().containsKey(name))
                .map(run -> run.figures().get(name))
                .toList());
        ArrayNode drawn = json.putArray("bins");
        bins.forEach(bin -> drawn.addArray().add(bin.from()).add(bin.to()).add(bin.count()));
        if (!bins.isEmpty()) {
            json.put("from", bins.getFirst().from());
            json.put("to", bins.getLast().to());
        }
        ArrayNode points = json.putArray("points");
        for (Outcome run : shown) {
            Long value = run.figures().get(name);
            if (value != null && !bins.isEmpty()) {
                points.addArray().add(run.seed()).add(value.longValue()).add(passed(run));
            }
        }
        return json;
    }
}
