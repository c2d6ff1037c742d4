package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Values that stand in place of what the file says elsewhere, each by the name that {@code --set} would give it. */
record SettingsType() implements Type<Settings> {

    @Override
    public String words() {
        return "a mapping from parameters, or paths of keys, to values, such as {homes: 12, length: 10m}";
    }

    @Override
    public Map<String, Object> schema() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("minProperties", 1);
        schema.put("additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
        return schema;
    }

    @Override
    public Settings read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        if (mapping.entries().isEmpty()) {
            throw new BadInput(
                    yaml.mark(), "this sets nothing; write what is smaller, such as {homes: 12, length: 10m}");
        }
        List<Settings.Setting> all = new ArrayList<>();
        for (Yaml.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            all.add(new Settings.Setting(name, Type.textOf(entry.value(), "the value of '" + name + "'")));
        }
        return new Settings(all);
    }

    @Override
    public Yaml write(Settings value) {
        List<Yaml.Entry> entries = value.all().stream()
                .map(one -> new Yaml.Entry(Yaml.text(one.name()), Yaml.text(one.value())))
                .toList();
        return new Yaml.Mapping(entries, Yaml.WRITTEN);
    }
}
