package net.pangea.dht;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.Mode;
import net.pangea.kad.TableUpdate;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.PeerWatcher;
import net.pangea.machine.Scope;
import net.pangea.multiformats.PeerId;

/** Asks peers, and lets the routing table know what becomes of it, and of those the host hears of. Any task may call it. */
final class Neighbours implements Searcher.Peers, PeerWatcher {
    private final Host host;
    private final Rpc rpc;
    private final DhtState state;
    private final DhtSettings settings;
    private final Scope tasks;
    private final AtomicInteger pings = new AtomicInteger();

    /** @param tasks in which peers are pinged that may enter the table */
    Neighbours(Host host, Rpc rpc, DhtState state, DhtSettings settings, Scope tasks) {
        this.host = host;
        this.rpc = rpc;
        this.state = state;
        this.settings = settings;
        this.tasks = tasks;
    }

    @Override
    public Optional<KadMessage> ask(Contact peer, KadMessage request) throws InterruptedException {
        Optional<KadMessage> reply = rpc.ask(peer, request);
        follow(reply.isPresent() ? state.answered(peer, Mode.SERVER) : state.failed(peer.id()));
        return reply;
    }

    @Override
    public void identified(PeerId peer, List<String> protocols) {
        Contact contact = Contacts.of(peer, host.book().addresses(peer));
        if (protocols.contains(settings.protocol())) {
            follow(state.heardOf(contact));
        } else if (!protocols.isEmpty()) {
            follow(state.answered(contact, Mode.CLIENT)); // it may have been a server before
        }
    }

    @Override
    public void disconnected(PeerId peer) {
        // A connection that was idle and ended says nothing about the peer.
    }

    /** Does what the routing table wants, as long as not too much of it is under way: it wants it again later. */
    private void follow(TableUpdate update) {
        if (!(update instanceof TableUpdate.NeedPing(Contact contact))) {
            return;
        }
        if (pings.incrementAndGet() > settings.pings()) {
            int _ = pings.decrementAndGet();
            return;
        }
        var _ = tasks.start("ping " + contact.id(), () -> {
            try {
                // Not PING, which not everybody answers.
                KadMessage request =
                        KadMessage.request(KadMessage.Type.FIND_NODE, host.id().bytes());
                return ask(contact, request).isPresent();
            } finally {
                int _ = pings.decrementAndGet();
            }
        });
    }
}
