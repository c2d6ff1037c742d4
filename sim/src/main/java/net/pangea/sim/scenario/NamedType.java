package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A mapping whose keys are names that the user gives.
 *
 * @param noun what one of them is called
 * @param keyPattern what a name must match
 * @param keyForm the same in words
 */
record NamedType<V>(String noun, String keyPattern, String keyForm, Type<V> values) implements Type<Map<String, V>> {
    @Override
    public String words() {
        return "a mapping from each " + noun + " to " + values.words();
    }

    @Override
    public String form() {
        return "a mapping from each " + noun + " to " + values.form();
    }

    @Override
    public Map<String, Object> schema() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("propertyNames", JsonSchema.key(keyPattern));
        schema.put("additionalProperties", values.schema());
        return schema;
    }

    @Override
    public Map<String, V> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        Map<String, V> named = new LinkedHashMap<>();
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!key.matches(keyPattern)) {
                throw new BadInput(
                        entry.key().mark(), "a " + noun + " cannot be called '" + key + "'; write " + keyForm);
            }
            named.put(key, values.read(entry.value()));
        }
        return named;
    }

    @Override
    public Yaml write(Map<String, V> value) {
        List<Yaml.Entry> entries = new ArrayList<>();
        value.forEach((name, inner) -> entries.add(Yaml.entry(name, values.write(inner))));
        return new Yaml.Mapping(entries, Yaml.WRITTEN);
    }

    @Override
    public Map<String, V> draw(Map<String, V> value, Moment moment, Draws draws) {
        Map<String, V> drawn = new LinkedHashMap<>();
        value.forEach((name, inner) -> drawn.put(name, values.draw(inner, moment, draws.in(name))));
        return drawn;
    }

    @Override
    public void check(Map<String, V> value, Mark mark, World world) {
        value.values().forEach(inner -> values.check(inner, mark, world));
    }
}
