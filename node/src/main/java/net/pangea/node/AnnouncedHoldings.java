package net.pangea.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pangea.bytes.Sha256;
import net.pangea.object.Peers;
import net.pangea.object.Placement;
import net.pangea.object.ProviderKey;
import net.pangea.protocol.Peer;
import net.pangea.repair.LocalHoldings;
import net.pangea.repair.LocalHoldings.Outline;
import net.pangea.repair.RepairService;

/**
 * What this node holds, and its place among the holders: those of whom repair has heard that they have a part and are up, or, as
 * long as it has heard nothing, those whom placement prefers.
 */
final class AnnouncedHoldings implements Announcer.Held {
    private final LocalHoldings local;
    private final Peers peers;
    private final RepairService repair;

    AnnouncedHoldings(LocalHoldings local, Peers peers, RepairService repair) {
        this.local = local;
        this.peers = peers;
        this.repair = repair;
    }

    @Override
    public List<Sha256> after(Sha256 after, int limit) {
        return local.objectsAfter(after, limit);
    }

    @Override
    public Map<Sha256, Integer> ranks(List<Sha256> objects) {
        List<Peer> all = peers.all();
        Map<String, Peer> byName = all.stream().collect(Collectors.toMap(Peer::name, Function.identity()));
        Map<Sha256, Integer> ranks = new HashMap<>();
        for (Sha256 object : objects) {
            local.outline(object)
                    .map(outline -> ProviderKey.rank(object, peers.self(), holders(object, outline, all, byName)))
                    .ifPresent(rank -> ranks.put(object, rank));
        }
        return ranks;
    }

    private Stream<Peer> holders(Sha256 object, Outline outline, List<Peer> all, Map<String, Peer> byName) {
        List<String> heard = repair.holders(object);
        return heard.isEmpty()
                ? Placement.rank(outline.placementKey(), all).stream().limit(outline.columns())
                : heard.stream().distinct().flatMap(name -> Stream.ofNullable(byName.get(name)));
    }
}
