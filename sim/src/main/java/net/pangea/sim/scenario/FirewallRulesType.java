package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** The rules of a firewall, in order. */
record FirewallRulesType() implements Type<List<FirewallRule>> {
    private static final FirewallRuleType ONE = new FirewallRuleType(false);

    @Override
    public String words() {
        return "a list of rules, such as [allow inbound tcp 4002, deny inbound tcp+udp any]";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.anyOf(List.of(ONE.schema(), JsonSchema.list(ONE.schema())));
    }

    @Override
    public List<FirewallRule> read(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Items list -> list.items().stream().map(ONE::read).toList();
            case Yaml.Scalar one -> List.of(ONE.read(one));
            case Yaml.Mapping mapping ->
                throw new BadInput(mapping.mark(), "expected " + words() + ", found " + mapping.noun());
        };
    }

    @Override
    public Yaml write(List<FirewallRule> value) {
        return new Yaml.Items(value.stream().map(ONE::write).toList(), Yaml.WRITTEN);
    }
}
