package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** What some {@code put} stores, by the name after its {@code as}. */
record StoredType() implements Type<String> {
    @Override
    public String words() {
        return "the name after 'as' of a put";
    }

    @Override
    public Map<String, Object> schema() {
        return Types.name().schema();
    }

    @Override
    public String read(Yaml yaml) {
        return Types.name().read(yaml);
    }

    @Override
    public Yaml write(String value) {
        return Yaml.text(value);
    }

    @Override
    public List<String> objects(String value) {
        return List.of(value);
    }

    @Override
    public void check(String value, Mark mark, World world) {
        world.requireObject(value, mark);
    }
}
