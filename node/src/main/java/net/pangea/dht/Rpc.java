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

/** Asks one peer at a time, each request over a stream of its own. Any task may call it. */
final class Rpc {
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
        return attempt(peer, stream -> {
            Delimited.write(stream, request.encode());
            Optional<Bytes> reply = Delimited.next(stream, KadMessage.MAX_REPLY_BYTES);
            if (reply.isEmpty()) {
                return Optional.empty();
            }
            KadMessage message = KadMessage.decode(reply.get());
            return message.type() == request.type() ? Optional.of(message) : Optional.empty();
        });
    }

    /** {@return whether a message that is not replied to was sent} */
    boolean tell(Contact peer, KadMessage message) throws InterruptedException {
        return attempt(peer, stream -> {
                    Delimited.write(stream, message.encode());
                    return Optional.of(true);
                })
                .isPresent();
    }

    private interface Exchange<T> {
        Optional<T> over(Stream stream) throws InterruptedException;
    }

    private <T> Optional<T> attempt(Contact peer, Exchange<T> exchange) throws InterruptedException {
        host.book().add(peer.id(), Contacts.addresses(peer), AddressBook.HEARSAY);
        try {
            return clock.within(patience, () -> {
                Stream stream = host.open(peer.id(), protocols);
                boolean done = false;
                try {
                    Optional<T> outcome = exchange.over(stream);
                    done = outcome.isPresent();
                    return outcome;
                } finally {
                    if (done) {
                        stream.close();
                    } else {
                        stream.reset();
                    }
                }
            });
        } catch (HostFailure | NetworkFailure | MalformedBytes | DeadlineExceeded e) {
            return Optional.empty();
        }
    }
}
