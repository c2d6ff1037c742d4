package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A resolved scenario of which parts are taken away, while the rest keeps its names and so its random streams. Immutable. What is
 * left need not be a scenario any more: {@link #resolve} says so.
 */
public final class Excerpt {
    /** Of each entry; what happens more often is taken as a whole. */
    private static final int OCCURRENCES_MAX = 10_000;

    private final Language language;
    private final String file;
    private final long seed;
    private final Arguments root;

    /**
     * A time at which an entry of the workload happens.
     *
     * @param workload its id
     * @param number of the occurrence, the first being 0
     */
    public record Occurrence(String workload, long number) {}

    /** One machine that a fault names. */
    public record Struck(String fault, String machine) {}

    /**
     * A smaller value for one key.
     *
     * @param what it says, for people
     */
    public record Smaller(String what, Excerpt excerpt) {}

    private Excerpt(Language language, String file, long seed, Arguments root) {
        this.language = language;
        this.file = file;
        this.seed = seed;
        this.root = root;
    }

    /**
     * {@return a whole resolved scenario}
     *
     * @param resolved as {@link Resolved#write} has written it, read again
     */
    public static Excerpt of(Scenario resolved) {
        long seed = resolved.seeds().findFirst().orElseThrow();
        return new Excerpt(resolved.language(), resolved.file(), seed, resolved.root());
    }

    private Excerpt with(Arguments changed) {
        return new Excerpt(language, file, seed, changed);
    }

    /** {@return the same, to be written to another file: paths lead to where they led} */
    public Excerpt movedTo(String newFile) {
        List<Step> moved = steps(language.workload).stream()
                .map(step -> step.verb()
                        .shape()
                        .param("path")
                        .map(param ->
                                step.with(step.schedule(), step.arguments().moved(param, newFile)))
                        .orElse(step))
                .toList();
        return new Excerpt(language, newFile, seed, stepped(root, language.workload, moved));
    }

    /** {@return this as a file} */
    public String text() {
        return YamlWriter.write(root.write());
    }

    /**
     * {@return this as a scenario}
     *
     * @throws BadInput if what is left does not fit together
     */
    public Resolved resolve() {
        return language.read(text(), file).resolve(seed);
    }

    /** {@return the name of the file that this is, or will be} */
    public String file() {
        return file;
    }

    /** {@return the seed of the run} */
    public long seed() {
        return seed;
    }

    /** {@return the length of the run} */
    public long forNanos() {
        return root.number(Keys.FOR);
    }

    /** {@return how many shards a stripe has, each for a machine of its own} */
    public int shards() {
        return root.get(Keys.NODE).get(Keys.SHARDS).total();
    }

    /** {@return the names of the machines, in order} */
    public List<String> machines() {
        List<String> machines = new ArrayList<>();
        root.get(Keys.MACHINES)
                .forEach((name, group) -> numbers(group).forEach(number -> machines.add(name + "/" + number)));
        return machines;
    }

    private static List<Long> numbers(Arguments group) {
        return group.find(Keys.ONLY)
                .orElseGet(() ->
                        LongStream.range(0, group.number(Keys.COUNT)).boxed().toList());
    }

    /** {@return the ids of the faults, in the order of the file} */
    public List<String> faults() {
        return ids(steps(language.faults));
    }

    /** {@return the ids of the workloads} */
    public List<String> workloads() {
        return ids(steps(language.workload));
    }

    private List<Step> steps(Param<List<Step>> param) {
        return root.find(param).orElse(List.of());
    }

    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::id).toList();
    }

    /** {@return how often users do something, in all} */
    public long operations() {
        long once = steps(language.workload).stream()
                .filter(step -> step.schedule().isWritten(Schedule.AT))
                .count();
        return once + occurrences().size();
    }

    /** {@return the machines that workloads name, each once} */
    public List<String> asked() {
        return steps(language.workload).stream()
                .flatMap(step -> step.arguments().machines().stream())
                .distinct()
                .toList();
    }

    /** {@return the machines that faults name, with one entry for each fault that names them} */
    public List<Struck> struck() {
        List<Struck> struck = new ArrayList<>();
        for (Step step : steps(language.faults)) {
            step.arguments().machines().stream()
                    .distinct()
                    .forEach(machine -> struck.add(new Struck(step.id(), machine)));
        }
        return struck;
    }

    /** {@return this with these faults alone} */
    public Excerpt onlyFaults(Collection<String> ids) {
        return with(filtered(root, language.faults, step -> ids.contains(step.id())));
    }

    /** {@return this with these workloads alone} */
    public Excerpt onlyWorkloads(Collection<String> ids) {
        return with(filtered(root, language.workload, step -> ids.contains(step.id())));
    }

    private static Arguments filtered(Arguments root, Param<List<Step>> param, Predicate<Step> kept) {
        return stepped(
                root,
                param,
                root.find(param).orElse(List.of()).stream().filter(kept).toList());
    }

    private static Arguments stepped(Arguments root, Param<List<Step>> param, List<Step> steps) {
        return steps.isEmpty() ? root.without(param) : root.with(param, steps);
    }

    /** {@return this with these machines alone} Faults and workloads that name only others go with those. */
    public Excerpt onlyMachines(Collection<String> machines) {
        SequencedSet<String> kept = new LinkedHashSet<>(machines);
        Map<String, Arguments> groups = new LinkedHashMap<>();
        root.get(Keys.MACHINES).forEach((name, group) -> {
            List<Long> numbers = numbers(group).stream()
                    .filter(number -> kept.contains(name + "/" + number))
                    .toList();
            if (!numbers.isEmpty()) {
                groups.put(name, only(group, numbers));
            }
        });
        Arguments changed = root.with(Keys.MACHINES, groups);
        for (Param<List<Step>> param : List.of(language.faults, language.workload)) {
            changed = stepped(changed, param, restricted(steps(param), _ -> kept));
        }
        return with(changed);
    }

    private static Arguments only(Arguments group, List<Long> numbers) {
        Map<String, Arguments> each = new LinkedHashMap<>(group.find(Keys.EACH).orElse(Map.of()));
        each.keySet().removeIf(number -> !numbers.contains(Long.parseLong(number)));
        Arguments changed = each.isEmpty() ? group.without(Keys.EACH) : group.with(Keys.EACH, each);
        return numbers.size() == group.number(Keys.COUNT)
                ? changed.without(Keys.ONLY)
                : changed.with(Keys.ONLY, numbers);
    }

    /** {@return this with faults that strike these machines alone} */
    public Excerpt onlyStruck(Collection<Struck> struck) {
        Map<String, SequencedSet<String>> machines = new LinkedHashMap<>();
        struck.forEach(one -> machines.computeIfAbsent(one.fault(), _ -> new LinkedHashSet<>())
                .add(one.machine()));
        List<Step> faults = restricted(
                steps(language.faults),
                step -> step.arguments().machines().isEmpty()
                        ? new LinkedHashSet<>(machines())
                        : machines.getOrDefault(step.id(), new LinkedHashSet<>()));
        return with(stepped(root, language.faults, faults));
    }

    /** The steps without the machines that are gone, and without those that are left with nobody. */
    private static List<Step> restricted(List<Step> steps, Function<Step, SequencedSet<String>> machinesOf) {
        List<Step> left = new ArrayList<>();
        for (Step step : steps) {
            Arguments arguments = step.arguments().restricted(machinesOf.apply(step));
            if (!arguments.hasNobody() || step.arguments().hasNobody()) {
                left.add(step.with(step.schedule(), arguments));
            }
        }
        return left;
    }

    /** {@return the ids of faults that meet nobody} */
    public List<String> idle() {
        return steps(language.faults).stream()
                .filter(step -> step.arguments().hasNobody())
                .map(Step::id)
                .toList();
    }

    /** {@return this with a run of {@code nanos}, without what would happen later} */
    public Excerpt until(long nanos) {
        Arguments changed = root.with(Keys.FOR, Distribution.always(nanos));
        Optional<Arguments> heal = root.find(Keys.HEAL);
        long healed = Math.min(nanos, heal.map(one -> one.number(Keys.HEAL_AT)).orElse(nanos));
        if (heal.isPresent()) {
            changed = changed.with(Keys.HEAL, heal.get().with(Keys.HEAL_AT, Distribution.always(healed)));
        }
        changed = stepped(changed, language.faults, ended(steps(language.faults), healed));
        return with(stepped(changed, language.workload, ended(steps(language.workload), nanos)));
    }

    private static List<Step> ended(List<Step> steps, long end) {
        List<Step> left = new ArrayList<>();
        for (Step step : steps) {
            Arguments schedule = step.schedule();
            long begins = Math.max(number(schedule, Schedule.AT, 0), number(schedule, Schedule.FROM, 0));
            if (begins < end) {
                left.add(step.with(
                        number(schedule, Schedule.UNTIL, 0) > end
                                ? schedule.with(Schedule.UNTIL, Distribution.always(end))
                                : schedule,
                        step.arguments()));
            }
        }
        return left;
    }

    private static long number(Arguments schedule, Param<Distribution> param, long otherwise) {
        return schedule.find(param).map(Distribution::constant).orElse(otherwise);
    }

    /** {@return when the workloads that happen again and again do} */
    public List<Occurrence> occurrences() {
        List<Occurrence> all = new ArrayList<>();
        for (Step step : steps(language.workload)) {
            if (step.schedule().isWritten(Schedule.EVERY)) {
                Occurrences times = Occurrences.of(step.schedule(), Draws.of(seed, "workload", step.id()), forNanos());
                for (int n = 0; n < OCCURRENCES_MAX && times.hasNext(); n++) {
                    long _ = times.nextLong();
                    all.add(new Occurrence(step.id(), times.number()));
                }
            }
        }
        return all;
    }

    /** {@return this with these occurrences alone of what happens again and again} */
    public Excerpt onlyOccurrences(Collection<Occurrence> occurrences) {
        Map<String, List<Long>> numbers = occurrences.stream()
                .collect(Collectors.groupingBy(
                        Occurrence::workload,
                        LinkedHashMap::new,
                        Collectors.mapping(Occurrence::number, Collectors.toList())));
        List<Step> left = new ArrayList<>();
        for (Step step : steps(language.workload)) {
            if (!step.schedule().isWritten(Schedule.EVERY)) {
                left.add(step);
            } else if (numbers.containsKey(step.id())) {
                List<Long> only = numbers.getOrDefault(step.id(), List.of()).stream()
                        .sorted()
                        .toList();
                left.add(step.with(step.schedule().with(Schedule.ONLY, only), step.arguments()));
            }
        }
        return with(stepped(root, language.workload, left));
    }

    /** {@return the settings that are not the simplest, each by a name for people} */
    public List<String> settings() {
        return List.copyOf(Simplifications.of(root, language).keySet());
    }

    /** {@return this with these settings alone, and the simplest in place of the others} */
    public Excerpt onlySettings(Collection<String> kept) {
        Arguments changed = root;
        for (Map.Entry<String, UnaryOperator<Arguments>> setting :
                Simplifications.of(root, language).entrySet()) {
            if (!kept.contains(setting.getKey())) {
                changed = setting.getValue().apply(changed);
            }
        }
        return with(changed);
    }

    /** {@return what a check is called among the {@link #settings}} */
    public static String check(String name, String about) {
        return Simplifications.check(name, about);
    }

    /**
     * {@return this with smaller values for the number and the size of the files that workloads store, those that take most away
     * first}
     */
    public List<Smaller> smallerFiles() {
        List<Smaller> smaller = new ArrayList<>();
        for (Step step : steps(language.workload)) {
            for (String value : List.of("1", "2", "4", "8", "16", "32", "64")) {
                smaller(step, "count", value).ifPresent(smaller::add);
            }
            for (String value : List.of("1KiB", "64KiB", "1MiB", "4MiB")) {
                smaller(step, "size", value).ifPresent(smaller::add);
            }
        }
        return smaller;
    }

    private Optional<Smaller> smaller(Step step, String key, String value) {
        return step.verb()
                .shape()
                .param(key)
                .filter(step.arguments()::isWritten)
                .flatMap(param -> step.arguments().smaller(param, value))
                .map(arguments -> new Smaller(
                        key + " " + value + " of " + step.id(),
                        with(stepped(
                                root,
                                language.workload,
                                steps(language.workload).stream()
                                        .map(one ->
                                                one.id().equals(step.id()) ? one.with(one.schedule(), arguments) : one)
                                        .toList()))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Excerpt that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
