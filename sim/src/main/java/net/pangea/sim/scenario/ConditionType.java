package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** What a fault waits for: a check's name with its keys, or with the only key's value alone, as checks are written. */
record ConditionType() implements Type<Condition> {
    private static final String REACHED = "reached";
    private static final Param<String> EVENT =
            Param.required("event", Types.name(), "The name of an event that nodes emit.");
    private static final Shape REACHED_SHAPE = Shape.of(REACHED, "Some node emits an event.", EVENT);

    @Override
    public String words() {
        return "a condition, such as {reached: repair-started}";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> event = JsonSchema.anyOf(List.of(EVENT.type().schema(), JsonSchema.part(REACHED_SHAPE)));
        return JsonSchema.oneKey(REACHED, event);
    }

    @Override
    public Condition read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!key.equals(REACHED)) {
                throw new BadInput(
                        entry.key().mark(),
                        "'" + key + "' is nothing that a fault can wait for" + Nearest.hint(key, List.of(REACHED)));
            }
        }
        if (mapping.entries().isEmpty()) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found nothing in it");
        }
        Yaml said = mapping.entries().getFirst().value();
        Yaml keys = said instanceof Yaml.Scalar
                ? new Yaml.Mapping(List.of(Yaml.entry(EVENT.name(), said)), said.mark())
                : said;
        return new Condition.Reached(REACHED_SHAPE.read(keys).get(EVENT));
    }

    @Override
    public Yaml write(Condition value) {
        return switch (value) {
            case Condition.Reached(String event) ->
                new Yaml.Mapping(List.of(Yaml.entry(REACHED, Yaml.text(event))), Yaml.WRITTEN);
        };
    }
}
