package net.pangea.libp2p;

import java.util.Optional;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Results;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.PeerRecord;

/**
 * {@code /ipfs/id/1.0.0} and {@code /ipfs/id/push/1.0.0} (libp2p, identify): peers tell each other their keys, addresses and
 * protocols when they have connected, and again when something has changed.
 */
final class Identify {
    static final String PROTOCOL = "/ipfs/id/1.0.0";
    static final String PUSH = "/ipfs/id/push/1.0.0";

    private final AddressBook book;
    private final Results results;
    private final Supplier<IdentifyMessage> own;

    /**
     * @param results of verifications
     * @param own what this peer says of itself, but for the observed address
     */
    Identify(AddressBook book, Results results, Supplier<IdentifyMessage> own) {
        this.book = book;
        this.results = results;
        this.own = own;
    }

    /** Says who this peer is, to the one at that address. */
    void tell(Connection stream, Optional<Multiaddr> observed) throws InterruptedException {
        IdentifyMessage said = own.get();
        Delimited.write(
                stream,
                new IdentifyMessage(
                                said.publicKey(),
                                said.listen(),
                                said.protocols(),
                                observed,
                                said.protocolVersion(),
                                said.agent(),
                                said.signedRecord())
                        .encode());
        stream.closeOutput();
    }

    /**
     * Hears who a peer is, and remembers it.
     *
     * @param peer who has proven to be at the other end
     * @throws MalformedBytes if what it says is not in order, or is about another peer
     */
    boolean hear(Connection stream, PeerId peer) throws InterruptedException {
        IdentifyMessage said = IdentifyMessage.NOTHING;
        for (int i = 0; i < IdentifyMessage.MESSAGES_MAX; i++) {
            Optional<Bytes> message = Delimited.next(stream, IdentifyMessage.MESSAGE_BYTES_MAX);
            if (message.isEmpty()) {
                break;
            }
            said = said.plus(message.get());
        }
        if (said.publicKey().map(PeerId::of).filter(id -> !id.equals(peer)).isPresent()) {
            throw new MalformedBytes("a peer says that it has the key of another one");
        }
        remember(peer, said);
        return true;
    }

    private void remember(PeerId peer, IdentifyMessage said) {
        if (said.signedRecord().isEmpty()) {
            book.add(peer, said.listen(), AddressBook.CONFIRMED);
        } else if (!book.confirm(peer, said.signedRecord().get())) { // a signature takes 80 us
            PeerRecord record = genuine(said.signedRecord().get(), peer);
            var _ = book.addSigned(
                    peer,
                    record.sequence(),
                    record.addresses(),
                    said.signedRecord().get());
        }
        book.isAgent(peer, said.agent());
        if (!said.protocols().isEmpty()) {
            book.speaks(peer, said.protocols());
        }
    }

    /** {@return what the peer has signed} A forged record is no slip: what else such a peer says is not worth hearing. */
    private PeerRecord genuine(Bytes envelope, PeerId peer) {
        return switch (PeerRecord.open(envelope, results)) {
            case PeerRecord.Genuine(PeerRecord record) when record.peer().equals(peer) -> record;
            case PeerRecord.Genuine _ -> throw new MalformedBytes("a peer sends the signed addresses of another one");
            case PeerRecord.Refused(PeerRecord.Refusal why) ->
                throw new MalformedBytes("the signed addresses of a peer are not genuine: " + why);
        };
    }
}
