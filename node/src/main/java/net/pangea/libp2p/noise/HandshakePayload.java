package net.pangea.libp2p.noise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Results;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;
import net.pangea.multiformats.PublicKey;

/**
 * What a peer says of itself in a handshake: its key, the proof that the owner of that key also owns the handshake's static
 * key, and the muxers it would like.
 *
 * <pre>
 * NoiseHandshakePayload { identity_key = 1; identity_sig = 2; NoiseExtensions extensions = 4 }
 * NoiseExtensions       { repeated bytes webtransport_certhashes = 1; repeated string stream_muxers = 2 }
 * </pre>
 *
 * @param muxers most liked first; none says that multistream-select has to find one
 */
record HandshakePayload(PublicKey identity, Bytes signature, List<String> muxers) {
    /** Muxers a peer may name. There are two in the world. */
    static final int MUXERS_MAX = 16;

    private static final int IDENTITY = 1;
    private static final int SIGNATURE = 2;
    private static final int EXTENSIONS = 4;
    private static final int STREAM_MUXERS = 2;

    private static final Bytes SIGNED_PREFIX =
            Bytes.wrap("noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII));

    HandshakePayload {
        muxers = List.copyOf(muxers);
    }

    /** {@return what the owner of {@code identity} says in handshakes with the static key {@code staticKey}} */
    static HandshakePayload of(IdentityKey identity, Bytes staticKey, List<String> muxers) {
        return new HandshakePayload(identity.publicKey(), identity.sign(signed(staticKey)), muxers);
    }

    Bytes encode() {
        ProtoWriter out = new ProtoWriter().bytes(IDENTITY, identity.encode()).bytes(SIGNATURE, signature);
        if (!muxers.isEmpty()) {
            ProtoWriter extensions = new ProtoWriter();
            for (String muxer : muxers) {
                extensions.text(STREAM_MUXERS, muxer);
            }
            out.message(EXTENSIONS, extensions);
        }
        return out.toBytes();
    }

    /**
     * {@return what the owner of {@code staticKey} says}
     *
     * @throws SecurityFailure BAD_HANDSHAKE or BAD_SIGNATURE
     */
    static HandshakePayload verified(Bytes encoded, Bytes staticKey, Results results) {
        HandshakePayload payload;
        try {
            payload = decode(encoded);
        } catch (MalformedBytes e) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "no payload of a handshake: " + e.getMessage(), e);
        }
        if (!payload.identity.verifies(signed(staticKey), payload.signature, results)) {
            throw new SecurityFailure(Kind.BAD_SIGNATURE, "the peer's key has not signed the handshake's");
        }
        return payload;
    }

    private static HandshakePayload decode(Bytes encoded) {
        Bytes key = Bytes.EMPTY;
        Bytes signature = Bytes.EMPTY;
        List<String> muxers = new ArrayList<>();
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case IDENTITY -> key = in.bytes();
                case SIGNATURE -> signature = in.bytes();
                case EXTENSIONS -> addMuxers(muxers, new ProtoReader(in.bytes()));
                default -> {}
            }
        }
        return new HandshakePayload(PublicKey.decode(key), signature, muxers);
    }

    private static void addMuxers(List<String> muxers, ProtoReader in) {
        while (in.next()) {
            if (in.field() == STREAM_MUXERS) {
                if (muxers.size() == MUXERS_MAX) {
                    throw new MalformedBytes("more than " + MUXERS_MAX + " muxers");
                }
                muxers.add(in.text());
            }
        }
    }

    private static Bytes signed(Bytes staticKey) {
        return new ByteWriter().raw(SIGNED_PREFIX).raw(staticKey).toBytes();
    }
}
