package net.pangea.sim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The names of a scenario's parameters, each with the entry that gives its value. */
record ParametersType() implements Type<Map<String, Yaml.Entry>> {
    /** The form of a name. */
    static final String NAME = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";

    @Override
    public String words() {
        return "a mapping from each parameter to a value, such as {homes: 47, mean-stay: 1h}";
    }

    @Override
    public Map<String, Object> schema() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("propertyNames", JsonSchema.key(NAME));
        schema.put("additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
        return schema;
    }

    @Override
    public Map<String, Yaml.Entry> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        Map<String, Yaml.Entry> named = new LinkedHashMap<>();
        for (Yaml.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (!name.matches(NAME)) {
                throw new BadInput(
                        entry.key().mark(),
                        "a parameter cannot be called '" + name + "'; write small letters, digits and hyphens, as in"
                                + " 'mean-stay'");
            }
            String value = Type.textOf(entry.value(), "one word or distribution as the value of '" + name + "'");
            if (value.contains("$")) {
                throw new BadInput(
                        entry.value().mark(),
                        "the value of a parameter does not refer to others; write '" + name + "' out");
            }
            named.put(name, entry);
        }
        return named;
    }

    @Override
    public Yaml write(Map<String, Yaml.Entry> value) {
        return new Yaml.Mapping(List.copyOf(value.values()), Yaml.WRITTEN);
    }
}
