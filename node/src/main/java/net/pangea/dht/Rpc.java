package net.pangea.dht;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;

/**
 * Talks with one peer at a time, over a stream that was kept or a new one. One that was kept may have ended since: then what was
 * said is said once more over a new one. Any task may call it.
 */
final class Rpc {
    /** Beyond what is waited for a peer anyway, for each message of many: a hundred bytes over a slow link. */
    private static final Duration EACH = Duration.ofMillis(10);

    private final Host host;
    private final Clock clock;
    private final List<String> protocols;
    private final Duration patience;
    private final KeptStreams kept;

    /** @param kept streams for this protocol */
    Rpc(Host host, Clock clock, String protocol, Duration patience, KeptStreams kept) {
        this.host = host;
        this.clock = clock;
        this.protocols = List.of(protocol);
        this.patience = patience;
        this.kept = kept;
    }

    /** {@return the reply; nothing if the peer is not reached, breaks the rules or is too slow} */
    Optional<KadMessage> ask(Contact peer, KadMessage request) throws InterruptedException {
        return talk(peer, 0, conversation -> Optional.of(conversation.ask(request)));
    }

    /** {@return whether a message that is not replied to was sent} Over a new stream, since nothing would tell that a kept one has ended. */
    boolean tell(Contact peer, KadMessage message) throws InterruptedException {
        return reach(
                        peer,
                        0,
                        () -> over(host.open(peer.id(), protocols), Stream::close, conversation -> {
                            conversation.tell(message);
                            return Optional.of(true);
                        }))
                .isPresent();
    }

    /** What is said to a peer on one stream. */
    interface Talk<T> {
        /** {@return what it has come to; nothing to have the stream reset} */
        Optional<T> over(Conversation peer) throws InterruptedException;
    }

    /** One stream to a peer, for messages one after the other. */
    static final class Conversation {
        private final Stream stream;

        private Conversation(Stream stream) {
            this.stream = stream;
        }

        /** {@return the reply} */
        KadMessage ask(KadMessage request) throws InterruptedException {
            tell(request);
            Bytes reply = Delimited.next(stream, KadMessage.MAX_REPLY_BYTES)
                    .orElseThrow(() -> new MalformedBytes("no reply to " + request.type()));
            KadMessage message = KadMessage.decode(reply);
            if (message.type() != request.type()) {
                throw new MalformedBytes("a reply of type " + message.type() + " to " + request.type());
            }
            return message;
        }

        /** Sends what is not replied to. */
        void tell(KadMessage message) throws InterruptedException {
            Delimited.write(stream, message.encode());
        }
    }

    /**
     * {@return what a conversation has come to; nothing if the peer is not reached, breaks the rules or is too slow}
     *
     * @param messages how many it may be
     */
    <T> Optional<T> talk(Contact peer, int messages, Talk<T> talk) throws InterruptedException {
        return reach(peer, messages, () -> {
            Optional<Stream> old = kept.take(peer.id());
            if (old.isPresent()) {
                try {
                    return over(old.get(), kept::keep, talk);
                } catch (NetworkFailure | MalformedBytes e) {
                    // It has ended since. If the peer breaks the rules, it will do so again.
                }
            }
            return over(host.open(peer.id(), protocols), kept::keep, talk);
        });
    }

    /** @param after what becomes of the stream if all went well */
    private static <T> Optional<T> over(Stream stream, Consumer<Stream> after, Talk<T> talk)
            throws InterruptedException {
        boolean done = false;
        try {
            Optional<T> outcome = talk.over(new Conversation(stream));
            done = outcome.isPresent();
            return outcome;
        } finally {
            if (done) {
                after.accept(stream);
            } else {
                stream.reset();
            }
        }
    }

    private <T> Optional<T> reach(Contact peer, int messages, Body<Optional<T>, RuntimeException> body)
            throws InterruptedException {
        host.book().add(peer.id(), Contacts.addresses(peer), AddressBook.HEARSAY);
        try {
            return clock.within(patience.plus(EACH.multipliedBy(messages)), body);
        } catch (HostFailure | NetworkFailure | MalformedBytes | DeadlineExceeded e) {
            return Optional.empty();
        }
    }
}
