package net.pangea.kad;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many contacts of each address group there are. */
final class GroupCounts {
    private final int max;
    private final Map<String, Integer> counts = new HashMap<>(); // for look-up only

    /** @param max so many of a group are enough */
    GroupCounts(int max) {
        this.max = max;
    }

    boolean hasRoom(String group) {
        return counts.getOrDefault(group, 0) < max;
    }

    void add(Optional<String> group) {
        group.ifPresent(name -> counts.merge(name, 1, Integer::sum));
    }

    void remove(Optional<String> group) {
        group.ifPresent(name -> counts.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
    }
}
