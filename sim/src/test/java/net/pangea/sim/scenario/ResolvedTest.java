package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private static final String RICH = """
        pangea: 1
        story: "Much is left to chance: links, clocks, times."
        for: per-seed uniform 10m..20m
        machines:
          boot: {count: 2, region: eu}
          home: {count: per-seed uniform 12..20, region: choice eu 20% us 80%, link: choice lan dsl, clock: {offset: normal 0s 2s, drift: uniform -50ppm..50ppm}, disk: {capacity: uniform 1GiB..2GiB}}
        network:
          regions: {eu: 12ms, us: 35ms, eu-us: 90ms}
          links: {dsl: {up: per-seed uniform 1Mbit/s..9Mbit/s, latency: lognormal 4ms 0.8, loss: 0.3%}}
        workload:
          - {every: exponential 10s, put: {as: photo, count: 1, size: pareto 64KiB 1.2 max 16MiB, from: home}}
        faults:
          - {every: exponential 1m, isolate: {who: 30% of home, for: uniform 5s..60s}}
          - {until: 8m, churn: {who: home, stays: weibull 0.59 4m, away: exponential 2m, for-ever: 10%}}
          - {every: uniform 1m..2m, times: 3, rot: {who: 1 of home, sectors: uniform 1..5}}
          - {at: 1m, slow: {who: home/3, latency: uniform 1ms..2ms, for: 10s}}
        survives: measure
        expect: {always: [no-wrong-bytes], sometimes: [{reached: {event: shard-rejected}}]}
        measure: [get-latency p50 p99.9]
        """;

    @Test
    void a_resolved_scenario_is_a_valid_file_that_resolves_to_itself() {
        Resolved first = LANGUAGE.read(RICH, "rich.yaml").resolve(42);

        Resolved again = LANGUAGE.read(first.write(), "rich.yaml").resolve(42);

        assertThat(again.write()).isEqualTo(first.write());
        assertThat(again.machines()).isEqualTo(first.machines());
        assertThat(again.client()).isEqualTo(first.client());
        assertThat(again.workload().stream().map(Step::id)).containsExactly("put-1");
        assertThat(again.faults().stream().map(TimedFault::id))
                .isEqualTo(first.faults().stream().map(TimedFault::id).toList());
        assertThat(again.faults().stream().map(TimedFault::atNanos))
                .isEqualTo(first.faults().stream().map(TimedFault::atNanos).toList());
        assertThat(again.faults().stream().map(fault -> fault.arguments().write()))
                .isEqualTo(first.faults().stream()
                        .map(fault -> fault.arguments().write())
                        .toList());
    }

    @Test
    void nat_boxes_are_drawn_for_each_machine_and_written_back_with_the_rules_of_firewalls() {
        String devices = RICH.replace(
                        "home: {count",
                        "home: {nat: choice none 20% cone 50% symmetric 30%, firewall: deny inbound udp+tcp 4002, count")
                .replace(
                        "survives:",
                        "  - {at: 2m, firewall: {who: behind cone, remove: deny inbound tcp+udp 4002, gradual: uniform 1m..2m}}\n"
                                + "  - {churn: {who: behind symmetric, stays: 4m, away: 1m}}\nsurvives:");

        Resolved first = LANGUAGE.read(devices, "rich.yaml").resolve(42);
        Resolved again = LANGUAGE.read(first.write(), "rich.yaml").resolve(42);

        assertThat(first.machines().stream().map(MachineSpec::nat))
                .contains(NatKind.NONE, NatKind.CONE, NatKind.SYMMETRIC)
                .doesNotContain(NatKind.RESTRICTED, NatKind.PORT_RESTRICTED);
        assertThat(first.machines().getFirst().firewall()).isEmpty();
        assertThat(first.machines().getLast().firewall()).hasToString("[deny inbound tcp+udp 4002]");
        assertThat(again.machines()).isEqualTo(first.machines());
        assertThat(again.write()).isEqualTo(first.write());
        assertThat(LANGUAGE.read(RICH, "rich.yaml").resolve(42).faults().stream()
                        .map(TimedFault::atNanos))
                .as("a box shifts no other draw")
                .isSubsetOf(first.faults().stream().map(TimedFault::atNanos).toList());
    }

    @Test
    void everything_about_machines_is_drawn_and_the_seed_decides() {
        Scenario scenario = LANGUAGE.read(RICH, "rich.yaml");

        assertThat(scenario.resolve(1).write()).isEqualTo(scenario.resolve(1).write());
        assertThat(scenario.resolve(1).write()).isNotEqualTo(scenario.resolve(2).write());
        assertThat(scenario.resolve(1).machines().stream()
                        .map(MachineSpec::clockOffsetNanos)
                        .distinct()
                        .count())
                .isGreaterThan(8);
    }

    @Test
    void churn_is_a_crash_for_each_absence_and_a_loss_for_each_farewell() {
        List<TimedFault> churn = LANGUAGE.read(RICH, "rich.yaml").resolve(3).faults().stream()
                .filter(fault -> fault.id().startsWith("churn-1."))
                .toList();

        assertThat(churn).extracting(fault -> fault.verb().name()).contains("crash", "destroy");
        assertThat(churn).extracting(fault -> fault.verb().name()).containsOnly("crash", "destroy");
        assertThat(churn).allSatisfy(fault -> assertThat(fault.atNanos()).isLessThan(480_000_000_000L));
        assertThat(churn).extracting(TimedFault::id).doesNotHaveDuplicates();
    }

    @Test
    void an_upgrade_is_a_leave_of_each_in_turn() {
        String upgraded = RICH.replace(
                "faults:\n", "faults:\n  - {from: 1m, upgrade: {who: all, away: uniform 1s..5s, between: 3s}}\n");

        List<TimedFault> leaves = LANGUAGE.read(upgraded, "rich.yaml").resolve(3).faults().stream()
                .filter(fault -> fault.id().startsWith("upgrade-1."))
                .toList();

        assertThat(leaves).extracting(fault -> fault.verb().name()).containsOnly("leave");
        assertThat(leaves).extracting(TimedFault::id).doesNotHaveDuplicates();
        for (int i = 1; i < leaves.size(); i++) {
            assertThat(leaves.get(i).atNanos() - leaves.get(i - 1).atNanos()).isBetween(4_000_000_000L, 8_000_000_000L);
        }
    }

    @Test
    void when_machines_start_is_drawn_for_each_and_written_down() {
        String late = RICH.replace("machines:\n", "machines:\n  late: {count: 5, starts: uniform 1m..2m}\n");
        Resolved resolved = LANGUAGE.read(late, "rich.yaml").resolve(5);
        Resolved again = LANGUAGE.read(resolved.write(), "rich.yaml").resolve(5);

        List<Long> starts = resolved.machines().stream()
                .filter(machine -> machine.group().equals("late"))
                .map(MachineSpec::startsNanos)
                .toList();
        assertThat(starts).hasSize(5).doesNotHaveDuplicates().allMatch(start -> start >= 60_000_000_000L);
        assertThat(again.machines()).isEqualTo(resolved.machines());
    }

    @Test
    void a_new_entry_or_group_shifts_no_draw_of_the_others() {
        Resolved before = LANGUAGE.read(RICH, "rich.yaml").resolve(5);
        String more = RICH.replace("machines:\n", "machines:\n  extra: {count: 1, region: us}\n")
                .replace("faults:\n", "faults:\n  - {every: 45s, pause: {who: extra, for: exponential 1s}}\n");
        Resolved after = LANGUAGE.read(more, "rich.yaml").resolve(5);

        List<MachineSpec> others = after.machines().stream()
                .filter(machine -> !machine.group().equals("extra"))
                .toList();
        assertThat(others).isEqualTo(before.machines());
        assertThat(after.faults().stream()
                        .filter(fault -> !fault.verb().name().equals("pause"))
                        .map(TimedFault::atNanos))
                .isEqualTo(before.faults().stream().map(TimedFault::atNanos).toList());
    }

    @Test
    void what_only_leaves_out_shifts_no_draw_name_or_address_of_the_rest() {
        Resolved before = LANGUAGE.read(RICH, "rich.yaml").resolve(5);
        String less = RICH.replace(
                        "{count: per-seed uniform 12..20,",
                        "{count: per-seed uniform 12..20, only: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11],")
                .replace("workload:", "node: {shards: 4+2}\nworkload:")
                .replace("times: 3, rot", "times: 3, only: [1], rot")
                .replace("exponential 10s, put", "exponential 10s, only: [2, 5], put");
        Resolved after = LANGUAGE.read(less, "rich.yaml").resolve(5);

        assertThat(after.machines()).hasSize(13);
        assertThat(after.machines()).isSubsetOf(before.machines());
        assertThat(after.client()).isEqualTo(before.client());
        assertThat(after.machines().stream().map(after::position))
                .isEqualTo(after.machines().stream().map(before::position).toList())
                .doesNotHaveDuplicates()
                .doesNotContain(after.position(after.client()));
        assertThat(after.position(after.client())).isEqualTo(before.position(before.client()));
        assertThat(times(after, "rot-1.1")).hasSize(1).isEqualTo(times(before, "rot-1.1"));
        assertThat(times(after, "rot-1.0")).isEmpty();
        assertThat(times(after, "put-1.2")).hasSize(1).isEqualTo(times(before, "put-1.2"));
        assertThat(times(after, "put-1.5")).hasSize(1).isEqualTo(times(before, "put-1.5"));
        assertThat(after.schedule(100).stream().filter(one -> one.id().startsWith("put-1")))
                .hasSize(2);
        assertThat(LANGUAGE.read(after.write(), "rich.yaml").resolve(5).write()).isEqualTo(after.write());
    }

    private static List<Long> times(Resolved scenario, String id) {
        return scenario.schedule(100).stream()
                .filter(one -> one.id().equals(id))
                .map(Happening::atNanos)
                .toList();
    }

    @Test
    void a_link_without_keys_is_the_documented_one() {
        Resolved resolved = LANGUAGE.read(RICH, "rich.yaml").resolve(5);

        assertThat(resolved.client().link().upBitsPerSecond()).isEqualTo(1_000_000_000);
        assertThat(resolved.write()).contains("client:").contains("latency: uniform 100us..400us");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lose-four",
                "power-cut",
                "partition",
                "slow-links",
                "shard-loss",
                "bit-rot",
                "churn",
                "disk-full",
                "slow-holder",
                "flapping",
                "zone-loss",
                "clock-jump",
                "delete-races-repair",
                "repair-crash",
                "repairer-loses-power",
                "bad-weather",
                "black-hole",
                "flash-crowd",
                "rolling-upgrade",
                "swizzle"
            })
    void shipped_scenarios_resolve_and_their_resolved_files_too(String name) {
        String file = "../scenarios/" + name + ".yaml";
        Scenario scenario = LANGUAGE.readFile(file);
        for (long seed = 1; seed <= 20; seed++) {
            Resolved resolved = scenario.resolve(seed);

            assertThat(LANGUAGE.read(resolved.write(), file).resolve(seed).write())
                    .isEqualTo(resolved.write());
        }
    }
}
