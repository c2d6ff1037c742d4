package net.pangea.sim.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.pangea.sim.recording.Recording.Away;
import net.pangea.sim.recording.Recording.Plight;

/** When machines were not what they should be. Not thread-safe. */
final class Plights {
    static final int AWAY_MAX = 6_000;

    /** @param why tells apart what may overlap: of several cuts each ends by itself */
    private record Open(int machine, Plight plight, String why) {}

    private final List<Away> away = new ArrayList<>();
    private final Map<Open, Integer> open = new LinkedHashMap<>();
    private long leftOut;

    void begin(long atNanos, int machine, Plight plight, String why) {
        Open key = new Open(machine, plight, why);
        if (open.containsKey(key)) {
            return;
        }
        if (away.size() == AWAY_MAX) {
            leftOut++;
            return;
        }
        open.put(key, away.size());
        away.add(new Away(machine, plight, atNanos, OptionalLong.empty()));
    }

    void end(long atNanos, int machine, Plight plight, String why) {
        Integer entry = open.remove(new Open(machine, plight, why));
        if (entry != null) {
            Away began = away.get(entry);
            away.set(entry, new Away(machine, plight, began.fromNanos(), OptionalLong.of(atNanos)));
        }
    }

    /** Ends whatever goes by that name. */
    void end(long atNanos, String why) {
        List<Open> ended =
                open.keySet().stream().filter(one -> one.why.equals(why)).toList();
        ended.forEach(one -> end(atNanos, one.machine, one.plight, why));
    }

    List<Away> build() {
        return List.copyOf(away);
    }

    long leftOut() {
        return leftOut;
    }
}
