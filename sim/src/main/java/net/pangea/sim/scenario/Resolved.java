package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A scenario for one seed: every default filled in, every machine's values and every fault's time drawn. What an
 * executor and an experiment run.
 *
 * @param world what its names refer to
 * @param root the settled keys
 * @param machines those with nodes, in order
 * @param client the machine on which workloads run
 * @param workload what users do; single occurrences are drawn when they happen
 * @param faults by time
 * @param waiting the faults whose time comes with the run
 */
public record Resolved(
        Scenario scenario,
        long seed,
        World world,
        Arguments root,
        List<MachineSpec> machines,
        MachineSpec client,
        Regions regions,
        List<Step> workload,
        List<TimedFault> faults,
        List<ConditionalFault> waiting,
        List<Expectation> expectations) {

    public Resolved {
        machines = List.copyOf(machines);
        workload = List.copyOf(workload);
        faults = List.copyOf(faults);
        waiting = List.copyOf(waiting);
        expectations = List.copyOf(expectations);
    }

    /**
     * Refuses faults that can only fire in part, since all of it would break the promise of {@code survives}.
     *
     * @param harmful whether a fault takes shards away
     * @throws BadInput if there is one
     */
    public void requireWithinBudget(Predicate<TimedFault> harmful) {
        new BudgetCheck(this, harmful).check();
    }

    public String story() {
        return scenario.story();
    }

    /**
     * {@return the place of a machine among all that the groups count, from 1 on, those left out by 'only' too; the client's is
     * after the last} It makes the machine's address.
     */
    public int position(MachineSpec machine) {
        long before = 0;
        for (Map.Entry<String, Arguments> group : root.get(Keys.MACHINES).entrySet()) {
            if (group.getKey().equals(machine.group())) {
                String name = machine.name();
                return Math.toIntExact(before + Long.parseLong(name.substring(name.indexOf('/') + 1)) + 1);
            }
            before += group.getValue().number(Keys.COUNT);
        }
        return Math.toIntExact(before + 1);
    }

    /** {@return how many faults are planned, those that wait among them} */
    public int plannedFaults() {
        return faults.size() + waiting.size();
    }

    /** {@return when faults stop: when they heal, or with the run} */
    public long faultEndNanos() {
        return world.faultEndNanos();
    }

    /** {@return the length of the run} */
    public long forNanos() {
        return root.number(Keys.FOR);
    }

    /** {@return the draws of a workload} */
    public Draws draws(Step step) {
        return Draws.of(seed, "workload", step.id());
    }

    /** {@return when a workload happens} */
    public Occurrences occurrences(Step step) {
        return Occurrences.of(step.schedule(), draws(step), forNanos());
    }

    /**
     * {@return what happens, by time}
     *
     * @param most at most so many occurrences of each workload
     */
    public List<Happening> schedule(int most) {
        List<Happening> all = new ArrayList<>();
        for (Step step : workload) {
            Occurrences times = occurrences(step);
            boolean isOne = step.schedule().isWritten(Schedule.AT);
            for (int n = 0; n < most && times.hasNext(); n++) {
                long at = times.nextLong();
                all.add(new Happening(at, isOne ? step.id() : step.id() + "." + times.number(), step.what()));
            }
        }
        for (TimedFault fault : faults) {
            all.add(new Happening(fault.atNanos(), fault.id(), fault.step().what()));
        }
        all.sort(Comparator.comparingLong(Happening::atNanos));
        return all;
    }

    public Shards shards() {
        return root.get(Keys.NODE).get(Keys.SHARDS);
    }

    /** {@return the settings of every node, each as {@code key=value}} */
    public List<String> nodeSettings() {
        return NodeSpec.settings(root.get(Keys.NODE));
    }

    /** {@return what nodes talk to each other over} */
    public Transport transport() {
        return Transport.of(root.get(Keys.NODE).get(Keys.TRANSPORT));
    }

    public Optional<Survival> survives() {
        return root.find(Keys.SURVIVES);
    }

    public Optional<Heal> heal() {
        return root.find(Keys.HEAL).map(heal -> new Heal(heal.number(Keys.HEAL_AT), heal.number(Keys.HEAL_WITHIN)));
    }

    /** {@return when the last reads begin: after the run and after recovery} */
    public long endNanos() {
        return Math.max(
                forNanos(),
                heal().map(heal -> heal.atNanos() + heal.withinNanos()).orElse(0L));
    }

    public List<Measure> measures() {
        return root.find(Keys.MEASURE).orElse(List.of());
    }

    /** {@return this scenario as a file of its own, with the faults as planned} */
    public String write() {
        return write(faults, waiting);
    }

    /**
     * {@return this scenario as a file of its own} Run with the same seed it gives the same run. Paths stay
     * relative, so it belongs beside the original.
     *
     * @param met the faults with the machines that they met
     * @param unmet those whose condition never came true; they stay as they are, since they wait in that run too
     */
    public String write(List<TimedFault> met, List<ConditionalFault> unmet) {
        Language language = scenario.language();
        List<Step> steps = Stream.concat(
                        met.stream().map(TimedFault::step), unmet.stream().map(ConditionalFault::step))
                .toList();
        Arguments filled = steps.isEmpty() ? root.without(language.faults) : root.with(language.faults, steps);
        return YamlWriter.write(filled.write());
    }
}
