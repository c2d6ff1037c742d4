package net.pangea.sim.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import net.pangea.machine.Results;

/**
 * What the machines of one world have computed, so that none computes it again; of the results those that were longest not
 * asked for are forgotten. No trace shows whether one was remembered. Used by the simulation's one thread.
 */
final class RememberedResults implements Results {
    /** A few for each of a thousand peers, in some megabytes. */
    static final int MAX = 8_192;

    private final Map<Object, Object> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > MAX;
        }
    };

    @Override
    @SuppressWarnings("unchecked") // equal questions have answers of one type
    public <R> R of(Object question, Supplier<R> answer) {
        Object known = answers.get(question);
        if (known == null) {
            R computed = answer.get();
            answers.put(question, computed);
            return computed;
        }
        return (R) known;
    }
}
