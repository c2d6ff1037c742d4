package net.pangea.object;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.ShardFound;

/**
 * The peers a node can ask, itself among them: it asks itself without a connection. Remembers how they answer. Any task
 * may call it.
 */
public final class Peers {
    private final Peer self;
    private final Membership members;
    private final Holder local;
    private final PeerCaller remote;
    private final Clock clock;
    private final PeerHealth health = new PeerHealth();

    /**
     * @param self this node
     * @param members the other nodes
     */
    public Peers(Peer self, Membership members, Holder local, PeerCaller remote, Clock clock) {
        this.self = self;
        this.members = members;
        this.local = local;
        this.remote = remote;
        this.clock = clock;
    }

    public Peer self() {
        return self;
    }

    /** {@return this node, then the others that are known at the moment} */
    public List<Peer> all() {
        return Stream.concat(Stream.of(self), members.others().stream()).toList();
    }

    /** Gets to know the nodes closest to a placement key. */
    void meet(Sha256 placementKey) throws InterruptedException {
        members.meet(placementKey);
    }

    /** {@return nodes that say in the DHT that they hold an object, and that answer} */
    List<Peer> providers(Sha256 object) throws InterruptedException {
        return members.providers(object);
    }

    /** {@return all, the closest to a placement key first, but those last that have failed lately} */
    List<Peer> ranked(Sha256 placementKey) {
        Set<String> failed = health.failed(clock.nanoTime());
        List<Peer> ranked = Placement.rank(placementKey, all());
        return Stream.concat(
                        ranked.stream().filter(peer -> !failed.contains(peer.name())),
                        ranked.stream().filter(peer -> failed.contains(peer.name())))
                .toList();
    }

    /** {@return the names of peers that are full, or have failed lately} */
    public Set<String> avoided() {
        return health.avoided(clock.nanoTime());
    }

    PeerHealth health() {
        return health;
    }

    /**
     * {@return the answer}
     *
     * @throws PeerFailure if there is none
     */
    public PeerMessage.Reply ask(Peer peer, PeerMessage.Request request) throws InterruptedException {
        long begun = clock.nanoTime();
        try {
            PeerMessage.Reply reply =
                    peer.name().equals(self.name()) ? local.answer(request) : remote.ask(peer, request);
            long now = clock.nanoTime();
            if (reply instanceof Refused(Refusal why, String _) && isFull(why)) {
                health.isFull(peer.name(), now);
            } else {
                health.hasAnswered(peer.name());
            }
            if (reply instanceof ShardFound) {
                health.hasTaken(peer.name(), now - begun, now);
            }
            return reply;
        } catch (PeerFailure e) {
            health.hasFailed(peer.name(), clock.nanoTime());
            throw e;
        } catch (InterruptedException e) {
            if (request instanceof FetchShard) { // too slow to be waited for: it takes at least so long
                health.takesAtLeast(peer.name(), clock.nanoTime() - begun, clock.nanoTime());
            }
            throw e;
        }
    }

    private static boolean isFull(Refusal why) {
        return why == Refusal.FULL || why == Refusal.QUOTA_EXCEEDED || why == Refusal.OWNER_NOT_ACCEPTED;
    }
}
