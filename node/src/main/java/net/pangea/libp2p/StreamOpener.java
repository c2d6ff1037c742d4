package net.pangea.libp2p;

import java.time.Duration;
import java.util.List;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.libp2p.multistream.Multistream;
import net.pangea.libp2p.multistream.NegotiationFailure;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;

/**
 * Opens streams over a connection and agrees on their protocols: at once on one that the peer has said it speaks, which is then
 * proposed together with the first bytes, else after a round trip. Any task may call it.
 */
final class StreamOpener {
    private final Clock clock;
    private final Duration patience;
    private final AddressBook book;
    private final Scope tasks;

    StreamOpener(Clock clock, Duration patience, AddressBook book, Scope tasks) {
        this.clock = clock;
        this.patience = patience;
        this.book = book;
        this.tasks = tasks;
    }

    /**
     * {@return a stream of the first of these protocols that the other side speaks}
     *
     * @throws HostFailure NOT_SUPPORTED, EXHAUSTED, REFUSED or LOST
     */
    Stream open(Link link, List<String> wanted) throws InterruptedException {
        try {
            awaitTurn(link);
            link.used(clock.nanoTime());
            Connection stream = link.streams().open();
            if (wanted.size() == 1 && book.protocols(link.peer()).contains(wanted.getFirst())) {
                return new Stream(
                        Multistream.proposeLater(stream, wanted.getFirst(), closing -> finish(closing, stream)),
                        link,
                        wanted.getFirst());
            }
            boolean agreed = false;
            try {
                Stream opened =
                        clock.within(patience, () -> new Stream(stream, link, Multistream.propose(stream, wanted)));
                agreed = true;
                link.early().admitAll();
                return opened;
            } finally {
                if (!agreed) {
                    stream.reset();
                }
            }
        } catch (NegotiationFailure e) {
            throw switch (e.kind()) {
                case NOT_SUPPORTED -> new HostFailure(Kind.NOT_SUPPORTED, link.peer() + " speaks none of " + wanted, e);
                case MALFORMED, TOO_LONG, TOO_MANY_PROPOSALS, ENDED -> broken(link, e);
            };
        } catch (NetworkFailure e) {
            throw e.kind() == NetworkFailure.Kind.EXHAUSTED
                    ? new HostFailure(Kind.EXHAUSTED, "no stream to " + link.peer() + ": " + e.getMessage(), e)
                    : broken(link, e);
        } catch (DeadlineExceeded e) {
            throw new HostFailure(Kind.LOST, link.peer() + " did not answer in time", e);
        }
    }

    /** Who is not ready after so long gets the stream all the same, and does with it what it likes. */
    private void awaitTurn(Link link) throws InterruptedException {
        if (!link.early().admit()) {
            try {
                boolean _ = clock.within(patience, () -> {
                    link.early().await();
                    return true;
                });
            } catch (DeadlineExceeded e) {
                // It says nothing of its own and agrees on nothing: perhaps this stream is what it waits for.
            }
        }
    }

    private void finish(Multistream.Closing closing, Connection stream) {
        try {
            start(closing, stream);
        } catch (IllegalStateException e) {
            stream.reset(); // the host has ended
        }
    }

    private void start(Multistream.Closing closing, Connection stream) {
        var _ = tasks.start("close a stream", () -> {
            try {
                return clock.within(patience, () -> {
                    closing.run();
                    return true;
                });
            } catch (DeadlineExceeded e) {
                stream.reset();
                return false;
            }
        });
    }

    /** Of the stream alone, or of the connection that carried it. */
    private static HostFailure broken(Link link, RuntimeException why) {
        return link.streams().hasEnded()
                ? new HostFailure(Kind.LOST, "no stream to " + link.peer() + ": " + why.getMessage(), why)
                : new HostFailure(Kind.REFUSED, link.peer() + " refuses the stream: " + why.getMessage(), why);
    }
}
