package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.pangea.sim.network.device.Firewall;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.scenario.FirewallRule;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.World;
import org.junit.jupiter.api.Test;

/** Firewalls and NAT boxes as scenarios have them. */
class DevicesInScenariosTest {
    private static final long SEED = 3;

    private static final String SCENARIO = """
        pangea: 1
        story: Four machines deny everybody one after the other, two are behind NAT boxes, and files stay there.
        for: 60s
        machines:
          node: {count: 12, link: lan}
          home: {count: 2, nat: choice cone symmetric}
        node: {shards: 4+4}
        workload:
          - {every: 2s, until: 10s, put: {as: file, count: 1, size: 16KiB, from: node}}
          - {every: 3s, from: 15s, get: {of: file, choose: uniform, from: node}}
        faults:
          - {at: 12s, firewall: {who: 4 of node, add: deny inbound tcp+udp 4002, gradual: 10s, for: 35s}}
          - {at: 30s, flush-tracking: {who: node}}
          - {at: 40s, rebind-nat: {who: home}}
        survives: {shards: 4}
        expect:
          always: [no-wrong-bytes, denied-never-delivered]
          finally: [no-leaks]
        """;

    @Test
    void what_is_denied_gradually_never_arrives_and_the_resolved_scenario_is_the_same_run() throws Exception {
        ScenarioRun.Result run = ScenarioRun.of(SCENARIO, SEED).go();

        run.assertOnly();
        assertThat(run.check("always denied-never-delivered").detail())
                .matches("[1-9][0-9]* packets were denied, and none of them delivered");
        assertThat(ScenarioRun.of(run.findings().resolved(), SEED).go().hash()).isEqualTo(run.hash());
    }

    @Test
    void firewalls_that_forget_their_rules_are_found_out() throws Exception {
        ScenarioRun.Result run = ScenarioRun.of(SCENARIO, SEED)
                .around(DevicesInScenariosTest::withForgetfulFirewalls)
                .go();

        run.assertOnly("always denied-never-delivered");
        assertThat(run.check("always denied-never-delivered").detail())
                .contains("denied packets were delivered, first a ");
    }

    /** The planted fault: whenever a node says anything, every firewall loses its rules. */
    private static void withForgetfulFirewalls(World world) {
        world.observe((_, _, _) -> {
            for (Host host : world.hosts()) {
                Firewall firewall = host.nic().firewall();
                if (firewall != null) {
                    firewall.rules(List.of());
                }
            }
        });
    }

    private static FirewallRule rule(FirewallRule.Action action, int port) {
        return new FirewallRule(action, true, true, true, port, port);
    }

    private static List<Integer> ports(List<FirewallRule> own, Rules.Change... changes) {
        return Rules.inForce(own, List.of(changes)).stream().map(Rule::fromPort).toList();
    }

    @Test
    void a_rule_that_is_added_comes_first_and_one_that_is_removed_goes_where_it_is() {
        List<FirewallRule> own = List.of(rule(FirewallRule.Action.DENY, 1), rule(FirewallRule.Action.DENY, 2));
        Rules.Change addThree = new Rules.Change(true, rule(FirewallRule.Action.DENY, 3));
        Rules.Change removeOne = new Rules.Change(false, rule(FirewallRule.Action.DENY, 1));
        Rules.Change removeNothing = new Rules.Change(false, rule(FirewallRule.Action.REJECT, 2));

        assertThat(ports(own)).containsExactly(1, 2);
        assertThat(ports(own, addThree)).containsExactly(3, 1, 2);
        assertThat(ports(own, addThree, removeOne, removeNothing)).containsExactly(3, 2);
    }

    @Test
    void a_machine_behind_a_box_has_an_address_of_its_own_network_and_the_box_that_of_the_machine_otherwise() {
        var scenario = ScenarioRun.resolve(SCENARIO, SEED);
        Topology topology = new Topology(scenario.regions(), scenario.machines());

        var plain = topology.host(scenario.machines().getFirst(), 1);
        var behind = topology.host(scenario.machines().getLast(), 14);

        assertThat(plain.address()).hasToString("10.0.0.1");
        assertThat(plain.behind()).isEmpty();
        assertThat(behind.address()).hasToString("172.16.0.14");
        assertThat(behind.behind().map(box -> box.outer().toString())).isEqualTo(Optional.of("10.0.0.14"));
    }
}
