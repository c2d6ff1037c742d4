package net.pangea.sim.scenario;

import java.util.Map;

/** A mapping of a known shape. */
record ShapeType(Shape shape) implements Type<Arguments> {
    @Override
    public String words() {
        return "a mapping: " + shape.name();
    }

    @Override
    public String form() {
        return "a mapping with the keys " + String.join(", ", shape.keys());
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.part(shape);
    }

    @Override
    public Arguments read(Yaml yaml) {
        return shape.read(yaml);
    }

    @Override
    public Yaml write(Arguments value) {
        return value.write();
    }

    @Override
    public Arguments draw(Arguments value, Moment moment, Draws draws) {
        return value.draw(moment, draws);
    }

    @Override
    public void check(Arguments value, Mark mark, World world) {
        value.check(world);
    }
}
