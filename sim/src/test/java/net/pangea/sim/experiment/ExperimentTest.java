package net.pangea.sim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.pangea.machine.IpAddress;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.experiment.FakeCluster.Bug;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.scenario.InputFile;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private static final String SCENARIO = """
        pangea: 1
        story: Machines die and come back.
        for: 10m
        machines: {node: {count: 16}}
        workload:
          - {every: exponential 5s, until: 8m, put: {as: file, count: 2, size: uniform 1KiB..4KiB, from: node}}
          - {id: early, every: 3s, until: 4m, get: {of: file, choose: zipf 1.1, from: node}}
          - {id: late, every: 3s, from: 4m, get: {of: file, choose: zipf 1.1, from: node}}
          - {every: 10s, from: 30s, range: {of: file, choose: uniform, size: 1KiB, from: node}}
          - {every: 30s, from: 30s, until: 9m, delete: {of: file, choose: uniform}}
          - {every: 1m, from: 30s, renew: {of: file, choose: uniform}}
        faults:
          - {every: exponential 20s, crash: {who: 2 of holders-of file, for: uniform 5s..60s}}
          - {at: 3m, partition: {cut: [4 of node, node], for: 30s}}
          - {at: 4m, crash: {who: node/3, power: true}}
          - {at: 5m, slow: {who: last-restarted, latency: uniform 1ms..2ms}}
        survives: {shards: 4}
        heal: {at: 9m, within: 30s}
        expect:
          always: [no-wrong-bytes, acknowledged-retrievable, intact-untouched, {never: {event: moon-landed}}, no-plaintext-on-wire, catalogue-moves-on]
          sometimes: [{reached: {event: shard-stored}}, {reached: {event: moon-landed}}]
          eventually: [acknowledged-retrievable, routing-converges]
          finally:
            - no-leaks
            - deleted-stays-deleted
            - {figure: {name: gets, above: 100}}
            - {figure: {name: renewals, above: 2}}
            - {margin: {of: file, at-least: 8}}
            - {tail: {of: late, median-of: early, times: 3}}
        measure: [get-latency p50 max]
        """;

    private record Run(Findings findings, List<String> applied) {}

    private static Run run(Resolved scenario, Bug bug) throws InterruptedException {
        Experiment experiment = new Experiment(scenario, PangeaVerbs.ALL, Inputs.read(scenario));
        Simulation simulation = new Simulation(scenario.seed(), Policy.FIFO, Limits.of(Duration.ofDays(1)), null);
        World world = new World(simulation);
        List<Run> runs = new ArrayList<>();
        Simulation.End end = simulation.run(
                () -> {
                    Host client = world.add(host("client", 1));
                    Host controller = world.add(host("controller", 2));
                    FakeCluster cluster = new FakeCluster(scenario, bug, client.start(), controller.start());
                    controller.run("experiment", () -> {
                        Findings findings = experiment.run(cluster, _ -> cluster.storage());
                        runs.add(new Run(findings, List.copyOf(cluster.applied)));
                        simulation.stop();
                        return null;
                    });
                },
                (_, _) -> {});
        assertThat(end).as("%s", world.failures()).isEqualTo(Simulation.End.STOPPED);
        return runs.getFirst();
    }

    private static HostSpec host(String name, int number) {
        return HostSpec.plain(name, IpAddress.of(10, 0, 0, number), LinkProfile.ideal(Sampler.NONE));
    }

    private static Resolved scenario(String text, long seed) {
        return LANGUAGE.read(text, "test.yaml").resolve(seed);
    }

    private static Ruling.Verdict verdict(Findings findings, String check) {
        return findings.checks().stream()
                .filter(result -> result.name().equals(check))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void a_sound_cluster_passes_within_the_budget_whatever_the_seed() throws InterruptedException {
        Set<String> notRealised = new LinkedHashSet<>();
        for (long seed = 1; seed <= 5; seed++) {
            Findings findings = run(scenario(SCENARIO, seed), Bug.NONE).findings();

            assertThat(findings.failed())
                    .as("seed %d: %s", seed, findings.checks())
                    .isFalse();
            assertThat(findings.figures().get("puts")).isGreaterThan(50);
            assertThat(findings.figures()).containsEntry("get-latency-p50", 5_000_000L);
            notRealised.addAll(findings.notRealised());
        }
        // Where the budget spares node/3 nothing is asked of the cluster, so not every seed says so.
        assertThat(notRealised).containsExactly("crash: the power stays on here");
    }

    @Test
    void the_resolved_run_does_the_same_to_the_cluster() throws InterruptedException {
        Run first = run(scenario(SCENARIO, 42), Bug.NONE);

        Run again = run(scenario(first.findings().resolved(), 42), Bug.NONE);

        assertThat(again.applied()).isEqualTo(first.applied()).isNotEmpty();
        assertThat(again.findings().resolved()).isEqualTo(first.findings().resolved());
        assertThat(again.findings().figures().get("puts"))
                .isEqualTo(first.findings().figures().get("puts"));
    }

    @Test
    void without_the_budget_the_same_faults_break_the_promise_and_measuring_does_not_fail()
            throws InterruptedException {
        String greedy = SCENARIO.replace(
                        "crash: {who: 2 of holders-of file, for: uniform 5s..60s}", "crash: {who: 6 of node}")
                .replace("heal: {at: 9m, within: 30s}\n", "")
                .replace("  eventually: [acknowledged-retrievable, routing-converges]\n", "");
        String unprotected = greedy.replace("survives: {shards: 4}\n", "");

        assertThat(verdict(run(scenario(greedy, 3), Bug.NONE).findings(), "always acknowledged-retrievable"))
                .isEqualTo(Ruling.Verdict.PASS);
        assertThat(run(scenario(greedy, 3), Bug.NONE).findings().faults())
                .anyMatch(fault -> !fault.spared().isEmpty());
        assertThat(verdict(run(scenario(unprotected, 3), Bug.NONE).findings(), "always acknowledged-retrievable"))
                .isEqualTo(Ruling.Verdict.FAIL);
        assertThat(verdict(
                        run(scenario(greedy.replace("{shards: 4}", "measure"), 3), Bug.NONE)
                                .findings(),
                        "always acknowledged-retrievable"))
                .isEqualTo(Ruling.Verdict.MEASURED);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_BYTES, always no-wrong-bytes",
        "FORGETS, always acknowledged-retrievable",
        "FORGETS, eventually acknowledged-retrievable",
        "FORGETS, finally figure",
        "LEAKS, finally no-leaks",
        "WRONG_RANGES, always no-wrong-bytes",
        "LANDS_ON_THE_MOON, always never",
        "STORES_TOO_FEW, finally margin",
        "STORES_AGAIN, always intact-untouched",
        "KEEPS_DELETED, finally deleted-stays-deleted",
        "KEEPS_DELETED_SHARDS, finally deleted-stays-deleted",
        "SLOWS_DOWN, finally tail",
        "SPEAKS_PLAINLY, always no-plaintext-on-wire",
        "KNOWS_ALL_BUT_ONE, eventually routing-converges",
        "PUBLISHES_OLD_CATALOGUES, always catalogue-moves-on",
        "RESTORES_OLD_CATALOGUES, always catalogue-moves-on",
    })
    void each_check_fails_on_its_planted_bug(Bug bug, String check) throws InterruptedException {
        Findings findings = run(scenario(SCENARIO, 1), bug).findings();

        assertThat(verdict(findings, check)).isEqualTo(Ruling.Verdict.FAIL);
        assertThat(findings.failed()).isTrue();
    }

    @Test
    void renewals_that_fail_are_counted_as_such() throws InterruptedException {
        Findings findings = run(scenario(SCENARIO.replace("above: 2", "below: 1"), 1), Bug.RENEWS_NOTHING)
                .findings();

        assertThat(findings.failed()).as("%s", findings.checks()).isFalse();
        assertThat(findings.figures())
                .containsEntry("renewals", 0L)
                .hasEntrySatisfying(
                        "renewals-failed", failed -> assertThat(failed).isGreaterThan(5));
    }

    @Test
    void checks_of_what_never_was_show_nothing_and_say_so() throws InterruptedException {
        String idle = SCENARIO.replace("from: 30s, until: 9m, delete", "from: 530s, until: 9m, delete")
                .replace(
                        "workload:\n",
                        "workload:\n  - {at: 1ms, put: {as: nothing, count: 1, size: 1B, from: last-restarted}}\n")
                .replace("of: file, at-least", "of: nothing, at-least")
                .replace("of: late, median-of", "of: put-2, median-of");

        Findings findings = run(scenario(idle, 1), Bug.NONE).findings();

        assertThat(findings.checks())
                .filteredOn(check -> check.verdict() == Ruling.Verdict.FAIL)
                .extracting(CheckResult::detail)
                .satisfiesExactlyInAnyOrder(
                        deletes -> assertThat(deletes).startsWith("no delete was ever acknowledged"),
                        margin -> assertThat(margin).startsWith("nothing was acknowledged as nothing"),
                        tail -> assertThat(tail).startsWith("no reads to compare: 0 of put-2"));
    }

    @Test
    void what_is_never_reached_is_left_to_the_sweep() throws InterruptedException {
        List<CheckResult> sometimes = run(scenario(SCENARIO, 1), Bug.NONE).findings().checks().stream()
                .filter(check -> check.name().equals("sometimes reached"))
                .toList();

        assertThat(sometimes)
                .extracting(CheckResult::verdict)
                .containsExactly(Ruling.Verdict.PASS, Ruling.Verdict.UNREACHED);
    }

    @Test
    void the_users_own_files_are_read_in_order_and_hashed() throws InterruptedException {
        Resolved scenario = LANGUAGE.readFile("../scenarios/lose-four.yaml").resolve(1);

        Inputs inputs = Inputs.read(scenario);

        assertThat(inputs.of("put-1"))
                .extracting(InputFile::name)
                .containsExactly(
                        "empty.txt", "gradient.png", "greetings.txt", "moons.csv", "notes/why-erasure-codes.txt");
        assertThat(inputs.sha256()).hasSize(64).isEqualTo(Inputs.read(scenario).sha256());
        assertThat(run(scenario, Bug.NONE).findings().failed()).isFalse();
    }

    private static final String CALM = """
        pangea: 1
        story: Something happens to machines that do nothing else.
        for: 1m
        machines: {node: {count: 12}, late: {count: 2, starts: 40s}}
        faults: [FAULT]
        expect: {finally: [no-leaks]}
        """;

    private static List<String> applied(String fault) throws InterruptedException {
        return run(scenario(CALM.replace("FAULT", fault), 1), Bug.NONE).applied().stream()
                .filter(action -> !action.contains("late/"))
                .map(action -> action.substring(0, action.lastIndexOf(' ')))
                .toList();
    }

    @Test
    void a_swizzle_clogs_in_turn_and_frees_in_reverse_turn() throws InterruptedException {
        assertThat(applied("{at: 10s, id: s, swizzle: {who: node/1 node/2 node/3, for: 12s}}"))
                .containsExactly(
                        "10000ms Clog[id=s node/1, machine=node/1]",
                        "12000ms Clog[id=s node/2, machine=node/2]",
                        "14000ms Clog[id=s node/3, machine=node/3]",
                        "18000ms End[id=s node/3]",
                        "20000ms End[id=s node/2]",
                        "22000ms End[id=s node/1]");
    }

    @Test
    void a_swizzle_that_is_healed_half_way_goes_no_further() throws InterruptedException {
        String healed = CALM.replace("faults:", "heal: {at: 13s, within: 1s}\nfaults:")
                .replace("FAULT", "{at: 10s, id: s, swizzle: {who: node/1 node/2 node/3, for: 12s}}");

        assertThat(run(scenario(healed, 1), Bug.NONE).applied())
                .filteredOn(action -> !action.contains("late/"))
                .extracting(action -> action.substring(0, action.lastIndexOf(' ')))
                .containsExactly(
                        "10000ms Clog[id=s node/1, machine=node/1]",
                        "12000ms Clog[id=s node/2, machine=node/2]",
                        "13000ms End[id=s node/1]",
                        "13000ms End[id=s node/2]");
    }

    @Test
    void who_leaves_comes_back_and_an_upgrade_is_one_after_the_other() throws InterruptedException {
        assertThat(applied("{at: 10s, leave: {who: node/1, for: 3s}}"))
                .containsExactly("10000ms Leave[machine=node/1]", "13000ms Restart[machine=node/1, diskKept=true]");
        assertThat(applied("{from: 10s, upgrade: {who: node/1 node/2, away: 3s, between: 4s}}"))
                .containsExactly(
                        "10000ms Leave[machine=node/1]",
                        "13000ms Restart[machine=node/1, diskKept=true]",
                        "17000ms Leave[machine=node/2]",
                        "20000ms Restart[machine=node/2, diskKept=true]");
    }

    @Test
    void who_starts_later_joins_then_unless_it_is_destroyed_before() throws InterruptedException {
        Run run = run(
                scenario(
                        CALM.replace("FAULT", "{at: 10s, crash: {who: late/0}}, {at: 20s, destroy: {who: late/1}}"), 1),
                Bug.NONE);

        assertThat(run.applied())
                .extracting(action -> action.substring(0, action.lastIndexOf(' ')))
                .containsExactly("20000ms Destroy[machine=late/1]", "40000ms Restart[machine=late/0, diskKept=true]");
    }

    @Test
    void a_get_with_nobody_to_ask_is_a_failed_get() throws InterruptedException {
        String nobody = SCENARIO.replace("zipf 1.1, from: node}", "zipf 1.1, from: last-restarted}");

        Findings findings = run(scenario(nobody, 1), Bug.NONE).findings();

        assertThat(findings.failed()).as("%s", findings.checks()).isFalse();
        assertThat(findings.figures().get("gets-failed")).isPositive();
    }
}
