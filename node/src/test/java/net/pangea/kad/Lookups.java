package net.pangea.kad;

import java.util.List;
import java.util.function.Function;
import net.pangea.kad.KadNetwork.Behaviour;
import net.pangea.kad.KadNetwork.Peer;

/** What many lookups of random keys by random honest peers have come to. */
final class Lookups {
    private final int count;
    private int exactWithin6;
    private int widened;
    private int hopsMax;
    private long requests;
    private long closestFound;

    private Lookups(int count) {
        this.count = count;
    }

    static Lookups run(KadNetwork network, int count, LookupSettings settings) {
        return run(network, count, _ -> settings);
    }

    static Lookups run(KadNetwork network, int count, Function<Peer, LookupSettings> settings) {
        Lookups done = new Lookups(count);
        List<Peer> honest = network.peers.stream().filter(Peer::isHonest).toList();
        for (int i = 0; i < count; i++) {
            Peer from = network.random.pick(honest);
            Key key = Key.of(Ids.random(network.random));
            LookupResult result = network.lookup(from, key, settings.apply(from));
            List<Contact> truth = KadNetwork.contacts(KadNetwork.closest(
                    network.peers.stream()
                            .filter(peer -> peer != from && peer.behaviour != Behaviour.SILENT)
                            .toList(),
                    key,
                    RoutingTable.K));
            done.note(result, truth);
        }
        return done;
    }

    private void note(LookupResult result, List<Contact> truth) {
        List<Contact> found = result.closest();
        boolean exact = found.subList(0, Math.min(found.size(), RoutingTable.K)).equals(truth);
        exactWithin6 += exact && result.hops() <= 6 ? 1 : 0;
        closestFound += truth.stream().filter(found::contains).count();
        widened += result.widened() ? 1 : 0;
        hopsMax = Math.max(hopsMax, result.hops());
        requests += result.requests();
    }

    /** {@return the share of lookups that have found exactly the closest 20, the last of them after 6 requests at most} */
    double exactWithin6Hops() {
        return (double) exactWithin6 / count;
    }

    /** {@return of the closest 20, how many were found on average} */
    double closestFound() {
        return (double) closestFound / count;
    }

    /** {@return the share of lookups that have widened} */
    double widened() {
        return (double) widened / count;
    }

    int hopsMax() {
        return hopsMax;
    }

    double requestsOnAverage() {
        return (double) requests / count;
    }
}
