package net.pangea.sim.cluster.simulated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lasting faults of one kind at one machine. They may overlap; whenever one begins or ends, what they come to
 * together is applied anew.
 *
 * @param <V> what one of them is
 */
final class Lasting<V> {
    private final Map<String, V> byId = new LinkedHashMap<>();
    private final Consumer<List<V>> apply;

    Lasting(Consumer<List<V>> apply) {
        this.apply = apply;
    }

    void begin(String id, V value) {
        byId.put(id, value);
        apply.accept(List.copyOf(byId.values()));
    }

    void end(String id) {
        if (byId.remove(id) != null) {
            apply.accept(List.copyOf(byId.values()));
        }
    }
}
