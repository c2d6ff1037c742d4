package net.pangea.sim.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.scenario.Excerpt;
import net.pangea.sim.scenario.Excerpt.Smaller;
import net.pangea.sim.scenario.Excerpt.Struck;

/**
 * In which order a scenario is made smaller.
 *
 * <p>What a run costs grows with its machines, more than in proportion, and with its length. So few machines and a short run are
 * tried first, each from below, where a candidate costs a small part of the whole and those that pass cost little together. Faults
 * follow, then machines again, since now it is known which ones matter, then everything else; all of it is repeated until nothing
 * can be taken away any more.
 */
final class ScenarioSearch {
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Set<String> kept;

    private ScenarioSearch(Set<String> kept) {
        this.kept = kept;
    }

    /**
     * {@return the search}
     *
     * @param start fails
     * @param kept names of {@link Excerpt#settings} that stay: the check that fails
     */
    static Narrowing<Excerpt> of(Excerpt start, Set<String> kept) {
        ScenarioSearch search = new ScenarioSearch(new LinkedHashSet<>(kept));
        List<Function<Excerpt, Narrowing<Excerpt>>> passes = List.of(
                search::withoutIdleFaults,
                search::fewMachines,
                search::shorter,
                search::fewerFaults,
                search::fewMachines,
                search::fewerMachines,
                search::fewerWorkloads,
                search::shorter,
                search::fewerOccurrences,
                search::plainer,
                search::fewerStruck,
                search::smallerFiles);
        return Passes.of(passes, 3, start);
    }

    private Narrowing<Excerpt> withoutIdleFaults(Excerpt from) {
        List<String> idle = from.idle();
        List<String> others =
                from.faults().stream().filter(id -> !idle.contains(id)).toList();
        return new Attempts<>(idle.isEmpty() ? List.of() : List.of(from.onlyFaults(others)), from);
    }

    /** Guesses, the cheapest first: the machines that most faults strike, or some from all over the file. */
    private Narrowing<Excerpt> fewMachines(Excerpt from) {
        List<String> all = byImportance(from);
        List<Excerpt> guesses = new ArrayList<>();
        for (int wanted = from.shards(); wanted < all.size(); wanted += Math.max(1, wanted / 2)) {
            int count = wanted;
            guesses.add(from.onlyMachines(all.subList(0, count)));
            guesses.add(from.onlyMachines(IntStream.range(0, count)
                    .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                    .toList()));
        }
        return new Attempts<>(guesses, from);
    }

    /** Those that workloads name, then those that most faults do. */
    private static List<String> byImportance(Excerpt from) {
        Map<String, Integer> faults = new LinkedHashMap<>();
        from.machines().forEach(machine -> faults.put(machine, 0));
        from.struck().forEach(one -> faults.computeIfPresent(one.machine(), (_, count) -> count + 1));
        from.asked().forEach(machine -> faults.computeIfPresent(machine, (_, _) -> Integer.MAX_VALUE));
        return faults.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> one) -> -one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Narrowing<Excerpt> shorter(Excerpt from) {
        long unit = from.forNanos() >= MINUTE ? SECOND : SECOND / 10;
        return Least.of(units -> from.until(units * unit), from, Math.ceilDiv(from.forNanos(), unit));
    }

    private Narrowing<Excerpt> fewerFaults(Excerpt from) {
        return Ddmin.of(from.faults(), from::onlyFaults, from);
    }

    private Narrowing<Excerpt> fewerMachines(Excerpt from) {
        return Ddmin.of(byImportance(from), from::onlyMachines, from);
    }

    private Narrowing<Excerpt> fewerWorkloads(Excerpt from) {
        return Ddmin.of(from.workloads(), from::onlyWorkloads, from);
    }

    private Narrowing<Excerpt> fewerOccurrences(Excerpt from) {
        return Ddmin.of(from.occurrences(), from::onlyOccurrences, from);
    }

    private Narrowing<Excerpt> plainer(Excerpt from) {
        List<String> others =
                from.settings().stream().filter(name -> !kept.contains(name)).toList();
        return Ddmin.of(
                others,
                left -> from.onlySettings(
                        Stream.concat(left.stream(), kept.stream()).toList()),
                from);
    }

    /** Of faults that strike several machines; one that strikes a single machine is a fault less. */
    private Narrowing<Excerpt> fewerStruck(Excerpt from) {
        Map<String, List<Struck>> byFault = new LinkedHashMap<>();
        from.struck()
                .forEach(one -> byFault.computeIfAbsent(one.fault(), _ -> new ArrayList<>())
                        .add(one));
        List<Struck> several = byFault.values().stream()
                .filter(all -> all.size() > 1)
                .flatMap(List::stream)
                .toList();
        List<Struck> single = byFault.values().stream()
                .filter(all -> all.size() == 1)
                .flatMap(List::stream)
                .toList();
        return Ddmin.of(
                several,
                left -> from.onlyStruck(
                        Stream.concat(left.stream(), single.stream()).toList()),
                from);
    }

    private Narrowing<Excerpt> smallerFiles(Excerpt from) {
        Function<Excerpt, Narrowing<Excerpt>> once = now ->
                new Attempts<>(now.smallerFiles().stream().map(Smaller::excerpt).toList(), now);
        return Passes.of(List.of(once), 0, from);
    }
}
