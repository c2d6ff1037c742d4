package net.pangea.sim.experiment;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.cluster.Wiretap;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Figures;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.NatKind;
import net.pangea.sim.scenario.Occurrences;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Schedule;
import net.pangea.sim.scenario.Step;
import net.pangea.sim.scenario.Survival;

/**
 * One run of a scenario: starts the nodes, lets users work and things go wrong, heals, reads everything back, stops the
 * nodes and judges. The same code on every executor.
 */
public final class Experiment {
    /** Operations of one workload at a time; beyond it users wait for the oldest, as people do. */
    private static final int IN_FLIGHT_MAX = 64;

    /** How long one of the last reads may take through one machine. */
    private static final Duration LAST_READ_MAX = Duration.ofMinutes(1);

    /** What a bucket holds and an answer names (Maymounkov and Mazieres 2002, k). */
    private static final int NEIGHBOURS = 20;

    private final Resolved scenario;
    private final Verbs verbs;
    private final Inputs inputs;
    private final List<Judge> judges = new ArrayList<>();
    private final Map<String, PeerId> peers = new LinkedHashMap<>();
    private final Journal journal;

    /** Makes the experiment that nobody looks at. */
    public Experiment(Resolved scenario, Verbs verbs, Inputs inputs) {
        this(scenario, verbs, inputs, Witness.NONE);
    }

    /**
     * Makes an experiment.
     *
     * @param witness is told what happens
     */
    public Experiment(Resolved scenario, Verbs verbs, Inputs inputs, Witness witness) {
        this.scenario = scenario;
        this.verbs = verbs;
        this.inputs = inputs;
        for (Expectation expectation : scenario.expectations()) {
            judges.add(verbs.check(expectation.verb()).judge(expectation.arguments(), expectation.place()));
        }
        Map<String, String> machines = new LinkedHashMap<>();
        for (MachineSpec machine : scenario.machines()) {
            PeerId peer = MachineKeys.peer(scenario.seed(), machine.name());
            peers.put(machine.name(), peer);
            machines.put(peer.toString(), machine.name());
        }
        journal = new Journal(judges, peer -> machines.getOrDefault(peer, peer), witness);
    }

    /** {@return the scenario that this runs} */
    public Resolved scenario() {
        return scenario;
    }

    /**
     * Runs, once, as a task of the cluster's controller.
     *
     * @param storage makes the users' client
     */
    public Findings run(Cluster cluster, Storage storage) throws InterruptedException {
        cluster.observe(journal);
        List<String> deaf = listen(cluster);
        cluster.start();
        Clock clock = cluster.controller().clock();
        long start = clock.nanoTime();
        List<String> started = cluster.members().stream()
                .filter(Member::isFirst)
                .map(Member::name)
                .toList();
        journal.begin(started, cluster::effort, () -> clock.nanoTime() - start);
        Map<String, NatKind> nats = new LinkedHashMap<>();
        scenario.machines().forEach(machine -> nats.put(machine.name(), machine.nat()));
        Fleet fleet = new Fleet(cluster.members(), peers, nats, journal);
        Conductor conductor = new Conductor(scenario, verbs, cluster, fleet, journal);
        StorageClient client = storage.on(cluster.client());
        try (Scope faults = cluster.controller().tasks().open("faults")) {
            Task<Boolean> conducted = faults.start("faults", () -> {
                conductor.conduct(start);
                return true;
            });
            try (Scope users = cluster.client().tasks().open("workload")) {
                for (Step step : scenario.workload()) {
                    Task<Boolean> _ = users.start(step.id(), () -> {
                        work(step, cluster, client, fleet);
                        return true;
                    });
                }
                sleepUntil(start + scenario.forNanos(), clock);
                users.joinAll();
            }
            boolean _ = conducted.join();
            sleepUntil(start + scenario.endNanos(), clock);
        }
        journal.end();
        Collection<Long> sentBytes = cluster.sentBytes().values();
        readAll(cluster, client, fleet);
        askForNeighbours(cluster, client, fleet);
        List<String> up = fleet.machines().stream().filter(fleet::isUp).toList();
        cluster.stop();
        return judge(cluster, conductor, deaf, up, sentBytes);
    }

    /** {@return what of the checks' listening the cluster cannot give} */
    private List<String> listen(Cluster cluster) {
        List<Wiretap> taps = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (int i = 0; i < judges.size(); i++) {
            if (judges.get(i).wiretap().isPresent()) {
                taps.add(judges.get(i).wiretap().get());
                checks.add(scenario.expectations().get(i).verb().name());
            }
        }
        if (taps.isEmpty()) {
            return List.of();
        }
        Realised realised = cluster.listen(
                (from, to) -> taps.stream().map(tap -> tap.line(from, to)).reduce(bytes -> {}, Consumer::andThen));
        return realised instanceof Realised.No(String reason)
                ? List.of(String.join(", ", checks) + ": " + reason)
                : List.of();
    }

    private static void sleepUntil(long nanoTime, Clock clock) throws InterruptedException {
        long left = nanoTime - clock.nanoTime();
        if (left > 0) {
            clock.sleep(Duration.ofNanos(left));
        }
    }

    /** One workload from its first occurrence to its last; runs as a task of the client. */
    private void work(Step step, Cluster cluster, StorageClient client, Fleet fleet) throws InterruptedException {
        Clock clock = cluster.client().clock();
        long start = clock.nanoTime();
        Occurrences times = scenario.occurrences(step);
        if (step.schedule().isWritten(Schedule.AT)) {
            sleepUntil(start + times.nextLong(), clock);
            once(step, 0, clock, client, fleet);
            return;
        }
        try (Scope scope = cluster.client().tasks().open(step.id())) {
            Deque<Task<Boolean>> inFlight = new ArrayDeque<>();
            while (times.hasNext()) {
                sleepUntil(start + times.nextLong(), clock);
                long occurrence = times.number();
                if (inFlight.size() == IN_FLIGHT_MAX) {
                    boolean _ = inFlight.remove().join();
                }
                inFlight.add(scope.start(step.id() + " " + occurrence, () -> {
                    once(step, occurrence, clock, client, fleet);
                    return true;
                }));
            }
            scope.joinAll();
        }
    }

    private void once(Step step, long occurrence, Clock clock, StorageClient client, Fleet fleet)
            throws InterruptedException {
        Draws draws = scenario.draws(step).in(String.valueOf(occurrence));
        Users users = new Users(clock, client, fleet, journal, inputs.of(step.id()), draws);
        verbs.workload(step.verb()).run(step.arguments(), users);
    }

    /** Reads every acknowledged object back, so that what is lost is found even if no user asks for it. */
    private void readAll(Cluster cluster, StorageClient client, Fleet fleet) throws InterruptedException {
        Draws draws = Draws.of(scenario.seed(), "last-reads");
        Users users = new Users(cluster.client().clock(), client, fleet, journal, List.of(), draws);
        try (Scope scope = cluster.client().tasks().open("last reads")) {
            Task<Boolean> reads = scope.start("last reads", () -> {
                int first = 0;
                for (Acknowledged object : journal.acknowledged()) {
                    users.lastRead(object, first++, LAST_READ_MAX);
                }
                for (Acknowledged object : journal.deleted()) {
                    users.lastReadOfDeleted(object, first++, LAST_READ_MAX);
                }
                return true;
            });
            boolean _ = reads.join();
        }
    }

    /** Asks every node that runs for the closest to itself, if a check wants to know. */
    private void askForNeighbours(Cluster cluster, StorageClient client, Fleet fleet) throws InterruptedException {
        if (judges.stream().noneMatch(Judge::asksForNeighbours)) {
            return;
        }
        Draws draws = Draws.of(scenario.seed(), "neighbours");
        Users users = new Users(cluster.client().clock(), client, fleet, journal, List.of(), draws);
        try (Scope scope = cluster.client().tasks().open("neighbours")) {
            Task<Boolean> asked = scope.start("neighbours", () -> {
                for (String machine : fleet.machines()) {
                    PeerId peer = peers.get(machine);
                    if (fleet.isUp(machine) && peer != null) {
                        users.askForNeighbours(machine, peer, NEIGHBOURS, LAST_READ_MAX);
                    }
                }
                return true;
            });
            boolean _ = asked.join();
        }
    }

    private Findings judge(
            Cluster cluster, Conductor conductor, List<String> deaf, List<String> up, Collection<Long> sentBytes) {
        Map<String, Long> figures =
                journal.figures(wanted(), conductor.reports().size(), sentBytes);
        List<String> leaks = cluster.leaks();
        List<Ruling> rulings = journal.rule(up, leaks, cluster.denials(), figures);
        List<CheckResult> results = new ArrayList<>();
        for (int i = 0; i < rulings.size(); i++) {
            Expectation expectation = scenario.expectations().get(i);
            Ruling ruling = rulings.get(i);
            results.add(new CheckResult(
                    expectation.name(), expectation.about(), verdict(expectation, ruling), ruling.detail()));
        }
        List<String> notRealised = new ArrayList<>(cluster.notRealised());
        notRealised.addAll(deaf);
        notRealised.addAll(conductor.notRealised());
        String resolved = scenario.write(
                conductor.reports().stream().map(FaultReport::fault).toList(), conductor.unmet());
        return new Findings(results, conductor.reports(), notRealised, figures, resolved);
    }

    /** A scenario that only measures does not fail because of what faults beyond any promise did. */
    private Ruling.Verdict verdict(Expectation expectation, Ruling ruling) {
        boolean measuring = scenario.survives().equals(Optional.of(new Survival.Measure()));
        boolean promise = verbs.check(expectation.verb()).holdsWithinBudget();
        return measuring && promise && ruling.verdict() == Ruling.Verdict.FAIL
                ? Ruling.Verdict.MEASURED
                : ruling.verdict();
    }

    /** The figures that the scenario asks for, and those that its checks read. */
    private Set<String> wanted() {
        Set<String> wanted = new LinkedHashSet<>();
        scenario.measures().forEach(measure -> measure.figures().forEach(wanted::add));
        judges.forEach(judge -> wanted.addAll(judge.figures()));
        wanted.retainAll(Figures.all());
        return wanted;
    }
}
