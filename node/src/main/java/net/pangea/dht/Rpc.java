package net.pangea.dht;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;

/**
 * Talks with one peer at a time, each time over a stream of its own, which costs no packet: its beginning and its end go out with
 * the request, and come with the reply. What carries it may have ended meanwhile: then what was said is said once more over a
 * new one. Any task may call it.
 */
final class Rpc {
    /** Beyond what is waited for a peer anyway, for each message of many: a hundred bytes over a slow link. */
    private static final Duration EACH = Duration.ofMillis(10);

    private final Host host;
    private final Clock clock;
    private final List<String> protocols;
    private final Duration patience;

    Rpc(Host host, Clock clock, String protocol, Duration patience) {
        this.host = host;
        this.clock = clock;
        this.protocols = List.of(protocol);
        this.patience = patience;
    }

    /** {@return the reply; nothing if the peer is not reached, breaks the rules or is too slow} */
    Optional<KadMessage> ask(Contact peer, KadMessage request) throws InterruptedException {
        return talk(peer, 0, conversation -> Optional.of(conversation.askLast(request)));
    }

    /** {@return whether a message that is not replied to was sent} */
    boolean tell(Contact peer, KadMessage message) throws InterruptedException {
        return talk(peer, 0, conversation -> {
                    conversation.tell(message);
                    return Optional.of(true);
                })
                .isPresent();
    }

    /** What is said to a peer on one stream. */
    interface Talk<T> {
        /** {@return what it has come to; nothing to have the stream reset} May be held twice. */
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
            return reply(request);
        }

        /** {@return the reply} Nothing more is said after this request. */
        KadMessage askLast(KadMessage request) throws InterruptedException {
            tell(request);
            stream.closeOutput();
            return reply(request);
        }

        /** Sends what is not replied to. */
        void tell(KadMessage message) throws InterruptedException {
            Delimited.write(stream, message.encode());
        }

        private KadMessage reply(KadMessage request) throws InterruptedException {
            Bytes reply = Delimited.next(stream, KadMessage.MAX_REPLY_BYTES)
                    .orElseThrow(() -> new NetworkFailure(Kind.CLOSED, "no reply to " + request.type()));
            KadMessage message = KadMessage.decode(reply);
            if (message.type() != request.type()) {
                throw new MalformedBytes("a reply of type " + message.type() + " to " + request.type());
            }
            return message;
        }
    }

    /**
     * {@return what a conversation has come to; nothing if the peer is not reached, breaks the rules or is too slow}
     *
     * @param messages how many it may be
     */
    <T> Optional<T> talk(Contact peer, int messages, Talk<T> talk) throws InterruptedException {
        host.book().add(peer.id(), Contacts.addresses(peer), AddressBook.HEARSAY);
        try {
            return clock.within(patience.plus(EACH.multipliedBy(messages)), () -> {
                try {
                    return once(peer, talk);
                } catch (NetworkFailure e) {
                    return once(peer, talk);
                }
            });
        } catch (HostFailure | NetworkFailure | MalformedBytes | DeadlineExceeded e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> once(Contact peer, Talk<T> talk) throws InterruptedException {
        Stream stream = host.open(peer.id(), protocols);
        boolean done = false;
        try {
            Optional<T> outcome = talk.over(new Conversation(stream));
            done = outcome.isPresent();
            return outcome;
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }
}
