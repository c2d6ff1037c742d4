package net.pangea.object;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.Multihash;
import net.pangea.protocol.Peer;

/**
 * Under which key the DHT knows who holds an object: the multihash of its manifest, as libp2p keys content by the multihash of
 * its CID. The {@value #ANNOUNCERS} holders closest to it say that they have it.
 */
public final class ProviderKey {
    /**
     * Each tells the twenty peers closest to the key, at a time of its own: any of them is enough to find the object, and
     * messages are what an object costs the network.
     */
    public static final int ANNOUNCERS = 4;

    /** So many are looked for: of those who have said so in the last two days some may be gone. */
    public static final int WANTED = 3 * ANNOUNCERS;

    private ProviderKey() {}

    public static Bytes of(Sha256 object) {
        return Multihash.of(object).encode();
    }

    /** {@return how many of an object's holders are closer to its key than one of them} */
    public static int rank(Sha256 object, Peer one, Stream<Peer> holders) {
        Sha256 place = Sha256.of(of(object));
        return Math.toIntExact(holders.filter(holder -> place.compareDistances(holder.place(), one.place()) < 0)
                .count());
    }

    /** {@return these holders, the closest to the object's key first} */
    public static List<Peer> closest(Sha256 object, Collection<Peer> holders) {
        Sha256 place = Sha256.of(of(object));
        return holders.stream()
                .sorted((one, other) -> place.compareDistances(one.place(), other.place()))
                .toList();
    }
}
