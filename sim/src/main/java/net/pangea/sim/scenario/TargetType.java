package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

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
        if (yaml instanceof Yaml.Items) {
            throw new BadInput(
                    yaml.mark(),
                    "expected " + words() + ", found a list; write several with blanks, as in 'home/1 home/2'");
        }
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
    public List<String> objects(Target value) {
        return value.objects();
    }

    @Override
    public List<String> machines(Target value) {
        return value.singles();
    }

    @Override
    public Target restricted(Target value, Set<String> machines) {
        return value.restricted(machines);
    }

    @Override
    public boolean isNobody(Target value) {
        return value.isNobody();
    }

    @Override
    public void check(Target value, Mark mark, World world) {
        TargetReader.check(value, mark, world);
    }
}
