package net.pangea.sim.scenario;

import java.util.Map;

/** Machines in words. */
record TargetType() implements Type<Target> {
    @Override
    public String words() {
        return "machines, such as all, home, home/3, 2 of home, holders-of docs, behind symmetric";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text();
    }

    @Override
    public Target read(Yaml yaml) {
        return TargetReader.read(Type.textOf(yaml, words()), yaml.mark());
    }

    @Override
    public Yaml write(Target value) {
        return Yaml.text(value.words());
    }

    @Override
    public Target meet(Target value, Directory directory, Draws draws) {
        return Target.of(value.resolve(directory, draws.stream()));
    }

    @Override
    public void check(Target value, Mark mark, World world) {
        TargetReader.check(value, mark, world);
    }
}
