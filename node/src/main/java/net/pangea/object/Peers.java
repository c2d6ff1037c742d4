package net.pangea.object;

import java.util.List;
import java.util.stream.Stream;
import net.pangea.machine.Clock;
import net.pangea.machine.Network;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Message.PeerRequest;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerLink;

/**
 * The peers a node can ask, itself among them: it asks itself without a connection. Any task may call it.
 */
public final class Peers {
    private final Peer self;
    private final List<Peer> all;
    private final HolderService local;
    private final Network network;
    private final Clock clock;
    private final Deadlines deadlines;

    /**
     * @param self this node
     * @param others the other nodes; an entry with this node's name is left out
     */
    public Peers(Peer self, List<Peer> others, HolderService local, Network network, Clock clock, Deadlines deadlines) {
        this.self = self;
        this.all = Stream.concat(
                        Stream.of(self),
                        others.stream().filter(peer -> !peer.name().equals(self.name())))
                .toList();
        this.local = local;
        this.network = network;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    Peer self() {
        return self;
    }

    /** {@return this node, then the others} */
    List<Peer> all() {
        return all;
    }

    List<Peer> others() {
        return all.subList(1, all.size());
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** {@return a way to ask {@code peer}, for one task at a time, to be closed} */
    Link to(Peer peer) {
        return peer.name().equals(self.name())
                ? new LocalLink(local)
                : new RemoteLink(new PeerLink(network, clock, deadlines, peer));
    }

    /** Asks one peer. */
    sealed interface Link extends AutoCloseable {
        /**
         * {@return the answer}
         *
         * @throws PeerFailure if there is none
         */
        PeerReply ask(PeerRequest request) throws InterruptedException;

        @Override
        void close();
    }

    private record LocalLink(HolderService local) implements Link {
        @Override
        public PeerReply ask(PeerRequest request) throws InterruptedException {
            return local.answer(request);
        }

        @Override
        public void close() {}
    }

    private record RemoteLink(PeerLink link) implements Link {
        @Override
        public PeerReply ask(PeerRequest request) throws InterruptedException {
            return link.ask(request);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
