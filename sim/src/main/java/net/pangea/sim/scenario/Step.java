package net.pangea.sim.scenario;

import java.util.List;

/**
 * An entry of {@code workload} or {@code faults}: a verb and when it happens.
 *
 * @param id its name, written or given
 * @param schedule the keys of {@link Schedule}
 */
public record Step(String id, Arguments schedule, Verb verb, Arguments arguments, Mark mark) {

    /** {@return this step with {@code drawn} arguments} */
    Step with(Arguments newSchedule, Arguments newArguments) {
        return new Step(id, newSchedule, verb, newArguments, mark);
    }

    Yaml write() {
        return schedule.with(Schedule.ID, id).write().and(verbAndKeys());
    }

    /** {@return the verb with its keys, on one line} */
    String what() {
        String flow = YamlWriter.flow(verbAndKeys());
        return flow.substring(1, flow.length() - 1);
    }

    private Yaml.Mapping verbAndKeys() {
        return new Yaml.Mapping(List.of(Yaml.entry(verb.name(), arguments.write())), Yaml.WRITTEN);
    }
}
