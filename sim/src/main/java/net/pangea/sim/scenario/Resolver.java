package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.LongStream;

/** Makes of a scenario and a seed what runs: draws per seed and per machine, plans the faults, checks references. */
final class Resolver {
    private static final String CLIENT = "client";

    private final Scenario scenario;
    private final Language language;
    private final long seed;
    private final Arguments root;

    Resolver(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.language = scenario.language();
        this.seed = seed;
        this.root = withStandardLinks(scenario.root()).draw(Moment.SEED, Draws.of(seed, "scenario"));
    }

    /** 'lan' and 'client' exist without being written, so that the resolved file says what they are. */
    private static Arguments withStandardLinks(Arguments root) {
        Arguments network = root.get(Keys.NETWORK);
        Map<String, Arguments> links = new LinkedHashMap<>(network.get(Keys.LINKS));
        links.putIfAbsent("lan", new Arguments(Keys.LINK, root.mark()));
        links.putIfAbsent(CLIENT, new Arguments(Keys.LINK, root.mark()));
        return root.with(Keys.NETWORK, network.with(Keys.LINKS, links));
    }

    Resolved resolve() {
        World world = world();
        root.check(world);
        checkHeal();
        checkShards(world);
        Map<String, Arguments> drawn = new LinkedHashMap<>();
        List<MachineSpec> machines = new ArrayList<>();
        for (Map.Entry<String, Arguments> entry : root.get(Keys.MACHINES).entrySet()) {
            String name = entry.getKey();
            Arguments group = entry.getValue();
            Map<Long, Arguments> members = drawMembers(name, group);
            for (Map.Entry<Long, Arguments> member : members.entrySet()) {
                machines.add(spec(name + "/" + member.getKey(), name, member.getValue()));
            }
            drawn.put(name, withMembers(group, members));
        }
        checkStarts(machines);
        Regions regions = regions();
        checkRegions(machines, regions);
        FaultPlan plan = new FaultPlan(seed, world.with(machines));
        List<TimedFault> faults = plan.plan(steps(language.faults));
        List<ConditionalFault> waiting = plan.waiting(steps(language.faults));
        List<Step> workload = steps(language.workload);
        Arguments seeds = new Arguments(Keys.SEEDS_SHAPE, root.mark())
                .with(Keys.SEEDS_FROM, Distribution.always(seed))
                .with(Keys.SEEDS_COUNT, Distribution.always(1));
        return new Resolved(
                scenario,
                seed,
                world,
                root.with(Keys.MACHINES, drawn).with(Keys.SEEDS, seeds),
                machines,
                spec(
                        CLIENT,
                        CLIENT,
                        new Arguments(Keys.MACHINE_SHAPE, root.mark()).with(Keys.LINK_NAME, Reference.to(CLIENT))),
                regions,
                workload,
                faults,
                waiting,
                expectations());
    }

    private List<Step> steps(Param<List<Step>> param) {
        return root.find(param).orElse(List.of());
    }

    private List<Expectation> expectations() {
        Arguments expect = root.get(language.expect);
        return language.expectations.stream()
                .flatMap(param -> expect.find(param).orElse(List.of()).stream())
                .toList();
    }

    private World world() {
        Map<String, SequencedSet<String>> groups = new LinkedHashMap<>();
        root.get(Keys.MACHINES).forEach((name, group) -> {
            SequencedSet<String> machines = new LinkedHashSet<>();
            numbers(name, group).forEach(number -> machines.add(name + "/" + number));
            groups.put(name, machines);
        });
        if (groups.isEmpty()) {
            throw new BadInput(
                    root.markOf(Keys.MACHINES), "there are no machines; write for example node: {count: 16}");
        }
        Arguments network = root.get(Keys.NETWORK);
        Map<String, Long> objects = new LinkedHashMap<>();
        for (Step step : steps(language.workload)) {
            // What a workload stores is what it calls 'as', whatever the verb.
            step.verb()
                    .shape()
                    .param("as")
                    .flatMap(step.arguments()::find)
                    .ifPresent(name -> objects.merge(name.toString(), earliest(step.schedule()), Math::min));
        }
        long end = root.number(Keys.FOR);
        long faultEnd =
                root.find(Keys.HEAL).map(heal -> heal.number(Keys.HEAL_AT)).orElse(end);
        return new World(
                groups,
                network.get(Keys.LINKS).keySet(),
                network.get(Keys.REGIONS).keySet(),
                objects,
                root.get(Keys.NODE).get(Keys.SHARDS),
                natKinds(),
                firewallRules(),
                Map.of(),
                end,
                Math.min(end, faultEnd));
    }

    private static long earliest(Arguments schedule) {
        return schedule.find(Schedule.AT)
                .or(() -> schedule.find(Schedule.FROM))
                .map(Distribution::constant)
                .orElse(0L);
    }

    /** {@return the kinds of NAT box that a machine may turn out to be behind} */
    private Set<String> natKinds() {
        Set<String> kinds = new LinkedHashSet<>();
        machineArguments().forEach(machine -> machine.find(Keys.NAT).ifPresent(nat -> kinds.addAll(nat.words())));
        kinds.remove(NatKind.NONE.word());
        return kinds;
    }

    /** {@return the rules that firewalls have, or that faults add} */
    private Set<String> firewallRules() {
        Set<String> rules = new LinkedHashSet<>();
        machineArguments().forEach(machine -> machine.get(Keys.FIREWALL).forEach(rule -> rules.add(rule.words())));
        for (Step step : steps(language.faults)) {
            step.verb()
                    .shape()
                    .param("add")
                    .flatMap(step.arguments()::find)
                    .filter(FirewallRule.class::isInstance)
                    .ifPresent(rule -> rules.add(rule.toString()));
        }
        return rules;
    }

    /** What is written of machines: of groups, and of single ones in them. */
    private List<Arguments> machineArguments() {
        List<Arguments> all = new ArrayList<>();
        for (Arguments group : root.get(Keys.MACHINES).values()) {
            all.add(group);
            all.addAll(group.find(Keys.EACH).orElse(Map.of()).values());
        }
        return all;
    }

    private void checkHeal() {
        root.find(Keys.HEAL).ifPresent(heal -> {
            if (heal.number(Keys.HEAL_AT) > root.number(Keys.FOR)) {
                throw new BadInput(
                        heal.markOf(Keys.HEAL_AT),
                        "faults heal after the run of " + Dimension.DURATION.format(root.number(Keys.FOR))
                                + "; write an earlier time");
            }
        });
        Arguments expect = root.get(language.expect);
        for (Param<List<Expectation>> param : language.expectations) {
            boolean eventually = param.name().equals(Expectation.Place.EVENTUALLY.word());
            if (eventually && expect.isWritten(param) && !root.isWritten(Keys.HEAL)) {
                throw new BadInput(
                        expect.markOf(param),
                        "'eventually' means once faults have healed, and this scenario"
                                + " has no 'heal'; write for example heal: {at: 5m}, or use 'finally'");
            }
        }
    }

    private void checkStarts(List<MachineSpec> machines) {
        if (machines.stream().noneMatch(machine -> machine.startsNanos() == 0)) {
            throw new BadInput(
                    root.markOf(Keys.MACHINES),
                    "every machine starts later than the run, so that nobody is there to join; leave 'starts' out of"
                            + " one group");
        }
        root.get(Keys.MACHINES).forEach((name, group) -> {
            Distribution starts = group.get(Keys.STARTS);
            if (starts.isConstant() && starts.constant() >= root.number(Keys.FOR)) {
                throw new BadInput(
                        group.markOf(Keys.STARTS),
                        "'starts: " + starts.words(Dimension.DURATION) + "' is too late: the run ends at "
                                + Dimension.DURATION.format(root.number(Keys.FOR)));
            }
        });
    }

    private void checkShards(World world) {
        Arguments node = root.get(Keys.NODE);
        Shards shards = node.get(Keys.SHARDS);
        int machines = world.machines().size();
        if (shards.total() > machines) {
            throw new BadInput(
                    root.isWritten(Keys.NODE) ? node.markOf(Keys.SHARDS) : root.markOf(Keys.MACHINES),
                    shards + " shards go to " + shards.total()
                            + " distinct machines, and there " + (machines == 1 ? "is 1" : "are " + machines)
                            + "; add machines or write fewer shards");
        }
        if (root.find(Keys.SURVIVES).orElse(new Survival.Measure()) instanceof Survival.Budget(long survived)
                && survived > shards.parity()) {
            throw new BadInput(
                    root.markOf(Keys.SURVIVES),
                    "no stripe of " + shards + " survives the loss of " + survived + " shards; write at most "
                            + shards.parity());
        }
    }

    /** The numbers of the machines of a group that exist. */
    private static List<Long> numbers(String name, Arguments group) {
        long count = group.number(Keys.COUNT);
        Optional<List<Long>> only = group.find(Keys.ONLY);
        only.filter(numbers -> numbers.getLast() >= count).ifPresent(numbers -> {
            throw new BadInput(
                    group.markOf(Keys.ONLY),
                    "there is no machine " + name + "/" + numbers.getLast() + "; 'count: " + count + "' makes " + name
                            + "/0 to " + name + "/" + (count - 1));
        });
        return only.orElseGet(() -> LongStream.range(0, count).boxed().toList());
    }

    private Map<Long, Arguments> drawMembers(String name, Arguments group) {
        Map<String, Arguments> each = group.find(Keys.EACH).orElse(Map.of());
        SequencedSet<Long> numbers = new LinkedHashSet<>(numbers(name, group));
        each.forEach((number, own) -> {
            if (!numbers.contains(Long.parseLong(number))) {
                long count = group.number(Keys.COUNT);
                throw new BadInput(
                        own.mark(),
                        "there is no machine " + name + "/" + number + "; "
                                + (group.isWritten(Keys.ONLY)
                                        ? "it is not among those of 'only'"
                                        : name + " has " + count + ", " + name + "/0 to " + name + "/" + (count - 1)));
            }
        });
        Map<Long, Arguments> members = new LinkedHashMap<>();
        for (long number : numbers) {
            Arguments own = machineOf(group)
                    .overlaidBy(
                            each.getOrDefault(String.valueOf(number), new Arguments(Keys.MACHINE_SHAPE, root.mark())));
            members.put(number, own.draw(Moment.MACHINE, Draws.of(seed, "machine", name + "/" + number)));
        }
        return members;
    }

    private static Arguments machineOf(Arguments group) {
        Arguments machine = new Arguments(Keys.MACHINE_SHAPE, group.mark());
        for (Param<?> param : Keys.MACHINE_SHAPE.params()) {
            machine = copy(param, group, machine);
        }
        return machine;
    }

    private static <T> Arguments copy(Param<T> param, Arguments from, Arguments to) {
        Optional<T> value = from.isWritten(param) ? from.find(param) : Optional.empty();
        return value.isPresent() ? to.with(param, value.get()) : to;
    }

    /** The group with its members' own values, where they differ from what the group says. */
    private static Arguments withMembers(Arguments group, Map<Long, Arguments> members) {
        Arguments common = machineOf(group);
        Map<String, Arguments> each = new LinkedHashMap<>();
        members.forEach((number, member) -> {
            if (!member.equals(common)) {
                each.put(number.toString(), member);
            }
        });
        return each.isEmpty() ? group : group.with(Keys.EACH, each);
    }

    private MachineSpec spec(String name, String group, Arguments machine) {
        String linkName = machine.get(Keys.LINK_NAME).word();
        Arguments link =
                root.get(Keys.NETWORK).get(Keys.LINKS).getOrDefault(linkName, new Arguments(Keys.LINK, root.mark()));
        Arguments disk = machine.get(Keys.DISK);
        Arguments clock = machine.get(Keys.CLOCK);
        return new MachineSpec(
                name,
                group,
                new LinkSpec(
                        linkName,
                        link.number(Keys.UP),
                        link.number(Keys.DOWN),
                        link.get(Keys.LATENCY),
                        link.get(Keys.JITTER),
                        (int) link.number(Keys.LOSS),
                        (int) link.number(Keys.REORDER),
                        (int) link.number(Keys.DUPLICATE),
                        link.number(Keys.QUEUE)),
                machine.find(Keys.REGION).map(Reference::word),
                machine.find(Keys.ZONE),
                machine.number(Keys.STARTS),
                disk.get(Keys.DISK_LATENCY),
                disk.get(Keys.DISK_SYNC),
                disk.number(Keys.DISK_CAPACITY),
                clock.number(Keys.OFFSET),
                (int) clock.number(Keys.DRIFT),
                machine.get(Keys.CPU).get(Keys.CPU_DELAY),
                NatKind.of(machine.get(Keys.NAT).word()),
                machine.get(Keys.FIREWALL));
    }

    private Regions regions() {
        Map<String, Long> roundTrips = new LinkedHashMap<>();
        root.get(Keys.NETWORK)
                .get(Keys.REGIONS)
                .forEach((name, roundTrip) -> roundTrips.put(name, roundTrip.constant()));
        for (String pair : roundTrips.keySet()) {
            int hyphen = pair.indexOf('-');
            String other = pair.substring(hyphen + 1) + "-" + pair.substring(0, Math.max(hyphen, 0));
            if (hyphen > 0 && roundTrips.containsKey(other)) {
                throw new BadInput(
                        root.get(Keys.NETWORK).markOf(Keys.REGIONS),
                        pair + " and " + other + " are the same way; write one of them");
            }
        }
        return new Regions(roundTrips);
    }

    private void checkRegions(List<MachineSpec> machines, Regions regions) {
        Set<String> used = new LinkedHashSet<>();
        machines.forEach(machine -> machine.region().ifPresent(used::add));
        for (String one : used) {
            for (String other : used) {
                if (regions.find(one, other).isEmpty()) {
                    Mark mark = root.isWritten(Keys.NETWORK)
                            ? root.get(Keys.NETWORK).markOf(Keys.REGIONS)
                            : root.markOf(Keys.MACHINES);
                    throw new BadInput(
                            mark,
                            "no round trip between " + one + " and " + other + "; write " + one
                                    + (one.equals(other) ? "" : "-" + other) + ": 90ms");
                }
            }
        }
    }
}
