package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/** A list of two targets. */
record SidesType() implements Type<Sides> {
    @Override
    public String words() {
        return "a list of two targets, such as [2 of home, boot]";
    }

    @Override
    public Map<String, Object> schema() {
        SequencedMap<String, Object> schema = JsonSchema.list(Types.target().schema());
        schema.put("minItems", 2);
        schema.put("maxItems", 2);
        return schema;
    }

    @Override
    public Sides read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list) || list.items().size() != 2) {
            throw new BadInput(
                    yaml.mark(),
                    "expected " + words() + ", found " + yaml.noun()
                            + (yaml instanceof Yaml.Items items
                                    ? " of " + items.items().size()
                                    : ""));
        }
        Type<Target> side = Types.target();
        return new Sides(
                side.read(list.items().getFirst()), side.read(list.items().getLast()));
    }

    @Override
    public Yaml write(Sides value) {
        return new Yaml.Items(
                List.of(Yaml.text(value.one().words()), Yaml.text(value.other().words())), Yaml.WRITTEN);
    }

    /** A machine that both sides name is on the first. */
    @Override
    public Sides meet(Sides value, Directory directory, Draws draws) {
        List<String> one = value.one().resolve(directory, draws.in("one").stream());
        List<String> other = value.other().resolve(directory, draws.in("other").stream()).stream()
                .filter(machine -> !one.contains(machine))
                .toList();
        return new Sides(Target.of(one), Target.of(other));
    }

    @Override
    public List<String> objects(Sides value) {
        return Stream.concat(value.one().objects().stream(), value.other().objects().stream())
                .toList();
    }

    @Override
    public List<String> machines(Sides value) {
        return Stream.concat(value.one().singles().stream(), value.other().singles().stream())
                .toList();
    }

    @Override
    public Sides restricted(Sides value, Set<String> machines) {
        return new Sides(value.one().restricted(machines), value.other().restricted(machines));
    }

    @Override
    public boolean isNobody(Sides value) {
        return value.one().isNobody() || value.other().isNobody();
    }

    @Override
    public void check(Sides value, Mark mark, World world) {
        TargetReader.check(value.one(), mark, world);
        TargetReader.check(value.other(), mark, world);
        TargetReader.all(value.one(), world).ifPresent(one -> {
            boolean nobody = TargetReader.named(value.other(), world)
                    .map(other -> !other.isEmpty() && one.containsAll(other))
                    .orElse(false);
            if (nobody) {
                throw new BadInput(
                        mark,
                        "'" + value.one().words() + "' leaves nobody of '"
                                + value.other().words() + "' on the other side; write two sides that differ");
            }
        });
    }
}
