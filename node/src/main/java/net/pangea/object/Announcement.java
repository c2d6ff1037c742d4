package net.pangea.object;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.machine.Tasks;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.AnnounceObject;

/** The last step of a put: holders say in the DHT that they have it, so that whoever knows its name finds it. */
final class Announcement {
    /** A lookup and a message take a second or two; after that other holders are asked as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Peers peers;
    private final Tasks tasks;
    private final Clock clock;

    Announcement(Peers peers, Tasks tasks, Clock clock) {
        this.peers = peers;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * {@return whether at least one of the holders was heard} Those are asked first, all at once, who are to announce it from
     * then on; whoever is not waited for any more announces it as well.
     */
    boolean isHeard(Sha256 object, Collection<Peer> holders) throws InterruptedException {
        return new Race<Peer>(tasks, clock, ProviderKey.ANNOUNCERS, PATIENCE)
                .run(
                        ProviderKey.closest(object, holders),
                        holder -> peers.ask(holder, new AnnounceObject(object)) instanceof Accepted
                                ? Optional.of(holder)
                                : Optional.empty())
                .found()
                .isPresent();
    }
}
