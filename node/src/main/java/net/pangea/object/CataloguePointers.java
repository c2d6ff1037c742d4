package net.pangea.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.pangea.machine.Tasks;
import net.pangea.manifest.CataloguePointer;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.FetchPointer;
import net.pangea.protocol.PeerMessage.PointerFound;
import net.pangea.protocol.PeerMessage.PutPointer;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;

/** Tells peers where the owner's catalogue is, and asks them. Used by one task at a time. */
final class CataloguePointers {
    private final Peers peers;
    private final Owner owner;
    private final Tasks tasks;
    // Peers that do not know the newest pointer.
    private final Set<String> untold = new LinkedHashSet<>();

    CataloguePointers(Peers peers, Owner owner, Tasks tasks) {
        this.peers = peers;
        this.owner = owner;
        this.tasks = tasks;
    }

    /** A peer knows a newer pointer than the one that was told. */
    static final class Outdated extends Exception {
        private static final long serialVersionUID = 1L;

        Outdated() {
            super("a newer catalogue is known", null, false, false);
        }
    }

    /** {@return how many of all peers took it} */
    int tell(CataloguePointer pointer) throws InterruptedException, Outdated {
        return tell(pointer, peers.all());
    }

    /** {@return how many took it of those who were away when it was told} */
    int tellUntold(CataloguePointer pointer) throws InterruptedException, Outdated {
        return tell(
                pointer,
                peers.all().stream()
                        .filter(peer -> untold.contains(peer.name()))
                        .toList());
    }

    private int tell(CataloguePointer pointer, List<Peer> to) throws InterruptedException, Outdated {
        untold.clear();
        int told = 0;
        boolean outdated = false;
        for (Broadcast.Answer answer : new Broadcast(peers, tasks).ask(to, new PutPointer(pointer))) {
            if (answer.reply().filter(Accepted.class::isInstance).isPresent()) {
                told++;
            } else {
                outdated |= answer.reply()
                        .filter(reply -> reply instanceof Refused(Refusal why, String _) && why == Refusal.STALE)
                        .isPresent();
                untold.add(answer.peer().name());
            }
        }
        if (outdated && isNewerKnown(pointer)) {
            throw new Outdated();
        }
        return told;
    }

    /** A pointer that comes a second time is stale too. */
    private boolean isNewerKnown(CataloguePointer told) throws InterruptedException {
        return known().pointers().stream()
                .anyMatch(pointer -> pointer.sequence() >= told.sequence() && !pointer.equals(told));
    }

    /** Pointers of this owner that peers know, the newest first, and how many peers did not answer. */
    record Known(List<CataloguePointer> pointers, int silent) {}

    Known known() throws InterruptedException {
        List<CataloguePointer> found = new ArrayList<>();
        int silent = 0;
        for (Broadcast.Answer answer : new Broadcast(peers, tasks).ask(peers.all(), new FetchPointer(owner.id()))) {
            if (answer.reply().isEmpty()) {
                silent++;
            } else if (answer.reply().get() instanceof PointerFound(CataloguePointer pointer)
                    && pointer.owner().equals(owner.id())
                    && !found.contains(pointer)
                    && pointer.isGenuine()) {
                found.add(pointer);
            }
        }
        found.sort(Comparator.comparingLong(CataloguePointer::sequence).reversed());
        return new Known(found, silent);
    }
}
