package net.pangea.sim.scenario;

import java.util.Map;

/**
 * A rule of a firewall.
 *
 * @param existing whether a firewall or an earlier fault of the scenario must have it
 */
record FirewallRuleType(boolean existing) implements Type<FirewallRule> {
    @Override
    public String words() {
        return existing ? "a rule that a firewall has" : "a rule such as deny inbound tcp+udp 4002";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text(
                "(?:allow|deny|reject)\\s+(?:inbound|outbound)\\s+(?:tcp|udp)(?:\\+(?:tcp|udp))*\\s+(?:any|[0-9]{1,5}(?:-[0-9]{1,5})?)");
    }

    @Override
    public FirewallRule read(Yaml yaml) {
        return FirewallRule.read(Type.textOf(yaml, words()), yaml.mark());
    }

    @Override
    public Yaml write(FirewallRule value) {
        return Yaml.text(value.words());
    }

    @Override
    public void check(FirewallRule value, Mark mark, World world) {
        if (existing) {
            world.requireRule(value.words(), mark);
        }
    }
}
