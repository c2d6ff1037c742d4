package net.pangea.kad;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.bytes.Bytes;

/** Who is told of which keys. */
public final class Recipients {
    private record Placed(Key place, Contact peer) {}

    private Recipients() {}

    /**
     * {@return for every peer that is among the {@link RoutingTable#K} closest of these to some of the keys, those keys, in
     * their order}
     *
     * @param peers each at most once
     */
    public static Map<Contact, List<Bytes>> of(List<Bytes> keys, Collection<Contact> peers) {
        List<Placed> ranked = new ArrayList<>();
        for (Contact peer : peers) {
            ranked.add(new Placed(Key.of(peer.id()), peer));
        }
        Map<Contact, List<Bytes>> told = new LinkedHashMap<>();
        for (Bytes key : keys) {
            if (ranked.size() > RoutingTable.K) {
                Key place = Key.of(key);
                ranked.sort((one, other) -> place.compareDistances(one.place, other.place));
            }
            for (Placed one : ranked.subList(0, Math.min(RoutingTable.K, ranked.size()))) {
                told.computeIfAbsent(one.peer, _ -> new ArrayList<>()).add(key);
            }
        }
        return told;
    }
}
