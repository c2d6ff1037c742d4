package net.pangea.libp2p;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.machine.Connection;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;
import net.pangea.multiformats.PublicKey;

/**
 * {@code /plaintext/2.0.0}: each side says who it is, and nobody proves anything (libp2p, plaintext). The protobuf message is
 * {@code Exchange{id = 1, pubkey = 2}}.
 */
final class Plaintext implements SecurityProtocol {
    static final String ID = "/plaintext/2.0.0";

    private static final int MESSAGE_BYTES_MAX = 2 << 10;

    private final IdentityKey key;

    Plaintext(IdentityKey key) {
        this.key = key;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Secured dial(Connection connection, PeerId expected) throws InterruptedException {
        return exchange(connection, Optional.of(expected));
    }

    @Override
    public Secured accept(Connection connection) throws InterruptedException {
        return exchange(connection, Optional.empty());
    }

    private Secured exchange(Connection connection, Optional<PeerId> expected) throws InterruptedException {
        boolean done = false;
        try {
            Delimited.write(
                    connection,
                    new ProtoWriter()
                            .bytes(1, key.peerId().bytes())
                            .bytes(2, key.publicKey().encode())
                            .toBytes());
            PublicKey theirs = decode(Delimited.next(connection, MESSAGE_BYTES_MAX)
                    .orElseThrow(() -> new SecurityFailure(Kind.ENDED, "the other side does not say who it is")));
            PeerId peer = PeerId.of(theirs);
            expected.ifPresent(dialed -> SecurityFailure.requirePeer(dialed, peer));
            done = true;
            return new Secured(connection, theirs, Optional.empty());
        } catch (MalformedBytes e) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(e.getMessage()), e);
        } finally {
            if (!done) {
                connection.reset();
            }
        }
    }

    private static PublicKey decode(Bytes said) {
        Optional<Bytes> id = Optional.empty();
        Optional<PublicKey> theirs = Optional.empty();
        ProtoReader in = new ProtoReader(said);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = Optional.of(in.bytes());
                case 2 -> theirs = Optional.of(PublicKey.decode(in.bytes()));
                default -> {}
            }
        }
        PublicKey key = theirs.orElseThrow(() -> new MalformedBytes("an exchange of ids without a key"));
        if (id.filter(PeerId.of(key).bytes()::equals).isEmpty()) {
            throw new MalformedBytes("an exchange of ids whose id is not that of its key");
        }
        return key;
    }
}
