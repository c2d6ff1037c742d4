package net.pangea.libp2p.noise;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;

/**
 * One side of the handshake Noise_XX_25519_ChaChaPoly_SHA256: bytes in, bytes out.
 *
 * <pre>{@code
 * -> e
 * <- e, ee, s, es
 * -> s, se
 * }</pre>
 *
 * <p>Three messages, each with a payload: in the clear, encrypted to whoever sent the first, encrypted to the owner of the responder's static key. After
 * a failure the handshake is over. Source: Noise section 5.3, pattern XX of section 7.5.
 */
final class NoiseHandshake {
    private static final int MESSAGES = 3;

    private final boolean initiator;
    private final DhKey ownStatic;
    private final DhKey ownEphemeral;
    private final SymmetricState symmetric;
    private Bytes theirStatic = Bytes.EMPTY;
    private Bytes theirEphemeral = Bytes.EMPTY;
    private int done;

    NoiseHandshake(boolean initiator, DhKey ownStatic, DhKey ownEphemeral, Bytes prologue, Ciphers ciphers) {
        this.initiator = initiator;
        this.ownStatic = ownStatic;
        this.ownEphemeral = ownEphemeral;
        this.symmetric = new SymmetricState(prologue, ciphers);
    }

    /** {@return the next message, which is ours} */
    Bytes write(Bytes payload) {
        requireTurn(initiator);
        ByteWriter out = new ByteWriter();
        if (done < 2) {
            out.raw(ownEphemeral.publicKey());
            symmetric.mixHash(ownEphemeral.publicKey());
        }
        if (done == 1) {
            mixEphemerals();
        }
        if (done > 0) {
            out.raw(symmetric.encryptAndHash(ownStatic.publicKey()));
            symmetric.mixKey(ownStatic.agree(theirEphemeral)); // es of the responder, se of the initiator
        }
        done++;
        return out.raw(symmetric.encryptAndHash(payload)).toBytes();
    }

    /**
     * {@return the payload of the next message, which is theirs}
     *
     * @throws SecurityFailure BAD_HANDSHAKE
     */
    Bytes read(Bytes message) {
        requireTurn(!initiator);
        try {
            return payload(new ByteReader(message));
        } catch (MalformedBytes _) {
            throw new SecurityFailure(
                    Kind.BAD_HANDSHAKE, "a message of " + message.size() + " bytes, which is too short");
        } catch (SecurityFailure e) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(e.getMessage()), e);
        }
    }

    private Bytes payload(ByteReader in) {
        if (done < 2) {
            theirEphemeral = in.raw(DhKey.PUBLIC_BYTES);
            symmetric.mixHash(theirEphemeral);
        }
        if (done == 1) {
            mixEphemerals();
        }
        if (done > 0) {
            theirStatic = symmetric.decryptAndHash(in.raw(DhKey.PUBLIC_BYTES + CipherState.TAG_BYTES));
            symmetric.mixKey(ownEphemeral.agree(theirStatic)); // es of the initiator, se of the responder
        }
        done++;
        return symmetric.decryptAndHash(in.raw(in.remaining()));
    }

    private void mixEphemerals() {
        symmetric.mixKey(ownEphemeral.agree(theirEphemeral));
    }

    /** {@return the other side's static key, which it has proved to own once the handshake is finished} */
    Bytes theirStatic() {
        return theirStatic;
    }

    /** {@return a hash of all messages, the same on both sides} */
    Bytes hash() {
        return symmetric.hash();
    }

    /** {@return the ciphers for what follows a finished handshake} */
    NoiseRecords records() {
        if (done != MESSAGES) {
            throw new IllegalStateException("message " + done + " of the handshake is to come");
        }
        SymmetricState.Split split = symmetric.split();
        return initiator
                ? new NoiseRecords(split.initiator(), split.responder())
                : new NoiseRecords(split.responder(), split.initiator());
    }

    private void requireTurn(boolean initiators) {
        if (done == MESSAGES || initiators != (done % 2 == 0)) {
            throw new IllegalStateException("message " + done + " of the handshake is not this side's to take");
        }
    }
}
