package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A list of workloads or of faults. */
record StepsType(Verb.Kind kind, List<Verb> verbs) implements Type<List<Step>> {
    @Override
    public String words() {
        return "a list of entries, each with one " + kind.noun();
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.list(JsonSchema.step(verbs));
    }

    @Override
    public List<Step> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        List<Step> steps = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Yaml item : list.items()) {
            Step step = one(item);
            if (!step.id().isEmpty() && !ids.add(step.id())) {
                throw new BadInput(
                        step.schedule().markOf(Schedule.ID),
                        "another " + kind.noun() + " is called '" + step.id() + "' already; names are unique");
            }
            steps.add(step);
        }
        return steps.stream().map(step -> named(step, ids)).toList();
    }

    private Step one(Yaml item) {
        if (!(item instanceof Yaml.Mapping mapping)) {
            throw new BadInput(
                    item.mark(),
                    "a " + kind.noun() + " is a mapping, as in "
                            + verbs.getFirst().example() + ", found " + item.noun());
        }
        Shape times = Schedule.of(kind);
        List<Yaml.Entry> timing = new ArrayList<>();
        Optional<Yaml.Entry> what = Optional.empty();
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (times.param(key).isPresent()) {
                timing.add(entry);
            } else if (verb(key).isEmpty()) {
                List<String> valid = new ArrayList<>(Verb.names(verbs));
                valid.addAll(times.keys());
                throw new BadInput(
                        entry.key().mark(),
                        "'" + key + "' is neither a " + kind.noun() + " nor says when it happens"
                                + Nearest.hint(key, valid));
            } else if (what.isPresent()) {
                throw new BadInput(
                        entry.key().mark(),
                        "an entry has one verb, and this one has '"
                                + what.get().key().text() + "' already; start another entry");
            } else {
                what = Optional.of(entry);
            }
        }
        Yaml.Entry said = what.orElseThrow(() -> new BadInput(
                item.mark(),
                "this entry does not say what happens;" + " write one of " + String.join(", ", Verb.names(verbs))));
        Verb verb = verb(said.key().text()).orElseThrow();
        Arguments schedule = Schedule.of(verb).read(new Yaml.Mapping(timing, mapping.mark()));
        String id = schedule.find(Schedule.ID).orElse("");
        return new Step(id, schedule, verb, verb.shape().read(said.value()), mapping.mark());
    }

    private Optional<Verb> verb(String name) {
        return verbs.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    private static Step named(Step step, Set<String> ids) {
        if (!step.id().isEmpty()) {
            return step;
        }
        int number = 1;
        while (!ids.add(step.verb().name() + "-" + number)) {
            number++;
        }
        String id = step.verb().name() + "-" + number;
        return new Step(id, step.schedule(), step.verb(), step.arguments(), step.mark());
    }

    @Override
    public Yaml write(List<Step> value) {
        return new Yaml.Items(value.stream().map(Step::write).toList(), Yaml.WRITTEN);
    }

    @Override
    public List<Step> draw(List<Step> value, Moment moment, Draws draws) {
        return value.stream()
                .map(step -> step.with(
                        step.schedule().draw(moment, draws.in(step.id())),
                        step.arguments().draw(moment, draws.in(step.id()))))
                .toList();
    }

    @Override
    public void check(List<Step> value, Mark mark, World world) {
        long end = kind == Verb.Kind.FAULT ? world.faultEndNanos() : world.endNanos();
        String ends = kind == Verb.Kind.FAULT && end < world.endNanos() ? "faults heal at " : "the run ends at ";
        for (Step step : value) {
            step.arguments().check(world);
            step.schedule().find(Schedule.AT).ifPresent(at -> requireStored(step, at.constant(), world));
            for (Param<Distribution> time : List.of(Schedule.AT, Schedule.AFTER, Schedule.FROM, Schedule.UNTIL)) {
                step.schedule().find(time).ifPresent(at -> {
                    long last = time.equals(Schedule.UNTIL) ? end : end - 1;
                    if (at.constant() > last) {
                        throw new BadInput(
                                step.schedule().markOf(time),
                                "'" + time.name() + ": "
                                        + at.words(Dimension.DURATION) + "' is too late: " + ends
                                        + Dimension.DURATION.format(end));
                    }
                });
            }
        }
    }

    private static void requireStored(Step step, long at, World world) {
        for (String object : step.arguments().objects()) {
            long earliest = world.objects().getOrDefault(object, 0L);
            if (at < earliest) {
                throw new BadInput(
                        step.schedule().markOf(Schedule.AT),
                        "'at: " + Dimension.DURATION.format(at) + "' is too early: nothing is stored as '" + object
                                + "' before " + Dimension.DURATION.format(earliest));
            }
        }
    }
}
