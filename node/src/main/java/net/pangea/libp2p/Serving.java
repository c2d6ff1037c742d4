package net.pangea.libp2p;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.multistream.Multistream;
import net.pangea.libp2p.multistream.NegotiationFailure;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.PeerId;

/**
 * What becomes of a host's connections: their peers are asked who they are, streams that they open are served, and watchers
 * hear of them. Whatever a peer does wrong is counted, and costs it the stream.
 */
final class Serving implements Swarm.Guest {
    private final Protocols protocols;
    private final Identify identify;
    private final AddressBook book;
    private final StreamOpener opener;
    private final HostLimits limits;
    private final Clock clock;
    private final Tally tally;
    private final AtomicInteger served = new AtomicInteger();
    private final List<PeerWatcher> watchers = new CopyOnWriteArrayList<>();

    Serving(
            Protocols protocols,
            Identify identify,
            AddressBook book,
            StreamOpener opener,
            HostLimits limits,
            Clock clock,
            Tally tally) {
        this.protocols = protocols;
        this.identify = identify;
        this.book = book;
        this.opener = opener;
        this.limits = limits;
        this.clock = clock;
        this.tally = tally;
    }

    void watch(PeerWatcher watcher) {
        watchers.add(watcher);
    }

    /** {@return how many streams that others have opened are being served} */
    int served() {
        return served.get();
    }

    @Override
    public void opened(Link link) throws InterruptedException {
        try (Stream stream = opener.open(link, List.of(Identify.PROTOCOL))) {
            stream.closeOutput();
            clock.within(limits.negotiation(), () -> identify.hear(stream, link.peer()));
            tellWatchers(link.peer());
        } catch (HostFailure | NetworkFailure | DeadlineExceeded e) {
            tally.count("identify not answered");
        } catch (MalformedBytes e) {
            tally.count("identify malformed");
        }
    }

    /** Hears what a peer says of itself of its own accord. */
    void pushed(Stream stream) throws InterruptedException {
        identify.hear(stream, stream.peer());
        tellWatchers(stream.peer());
    }

    /** Tells a peer that something has changed. */
    void push(Link link) throws InterruptedException {
        try (Stream stream = opener.open(link, List.of(Identify.PUSH))) {
            clock.within(limits.negotiation(), () -> {
                identify.tell(stream, Optional.empty());
                return true;
            });
        } catch (HostFailure | NetworkFailure | DeadlineExceeded e) {
            tally.count("identify push not taken");
        }
    }

    private void tellWatchers(PeerId peer) throws InterruptedException {
        for (PeerWatcher watcher : watchers) {
            watcher.identified(peer, book.protocols(peer));
        }
    }

    @Override
    public void serve(Connection bytes, Link link) throws InterruptedException {
        boolean ended = false;
        boolean admitted = served.incrementAndGet() <= limits.servedStreams();
        try {
            if (admitted) {
                serveAdmitted(bytes, link);
                ended = true;
            } else {
                tally.count("refused: too many streams");
            }
        } catch (NegotiationFailure e) {
            tally.count(
                    switch (e.kind()) {
                        case NOT_SUPPORTED, TOO_MANY_PROPOSALS -> "stream of unknown protocols";
                        case MALFORMED, TOO_LONG -> "stream malformed";
                        case ENDED -> "stream without a protocol";
                    });
        } catch (MalformedBytes e) {
            tally.count("stream malformed");
        } catch (NetworkFailure | HostFailure | DeadlineExceeded e) {
            tally.count("stream broken off");
        } finally {
            int _ = served.decrementAndGet();
            if (ended) {
                bytes.close();
            } else {
                bytes.reset();
            }
        }
    }

    private void serveAdmitted(Connection bytes, Link link) throws InterruptedException {
        String protocol = clock.within(limits.negotiation(), () -> Multistream.answer(bytes, protocols.names()));
        Optional<StreamHandler> handler = protocols.handler(protocol);
        if (handler.isPresent()) {
            handler.get().handle(new Stream(bytes, link, protocol));
        }
    }

    @Override
    public void gone(PeerId peer) {
        watchers.forEach(watcher -> watcher.disconnected(peer));
    }
}
