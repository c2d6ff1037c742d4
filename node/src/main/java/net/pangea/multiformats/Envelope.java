package net.pangea.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Results;

/**
 * A payload with the signature and the key of who signed it (libp2p RFC 0002, "Signed Envelopes"): the protobuf message
 * {@code Envelope{public_key = 1, payload_type = 2, payload = 3, signature = 5}}.
 *
 * <p>What is signed is domain, type and payload, each after the varint of its size. The domain says what signatures of one
 * kind are for, so that none can be passed off as one of another kind; it is not in the envelope.
 *
 * @param payloadType what the payload is
 */
public record Envelope(PublicKey signer, Bytes payloadType, Bytes payload, Bytes signature) {
    /** The longest envelope that is read, as in go-libp2p, where the longest message with one may have as much. */
    public static final int MAX_BYTES = 8 << 10;

    /** {@return an envelope signed by {@code key}} */
    public static Envelope seal(IdentityKey key, String domain, Bytes payloadType, Bytes payload) {
        return new Envelope(key.publicKey(), payloadType, payload, key.sign(signedBytes(domain, payloadType, payload)));
    }

    public static Envelope decode(Bytes encoded) {
        if (encoded.size() > MAX_BYTES) {
            throw new MalformedBytes(
                    "an envelope of " + encoded.size() + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        Optional<PublicKey> signer = Optional.empty();
        Bytes payloadType = Bytes.EMPTY;
        Bytes payload = Bytes.EMPTY;
        Bytes signature = Bytes.EMPTY;
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> signer = Optional.of(PublicKey.decode(in.bytes()));
                case 2 -> payloadType = in.bytes();
                case 3 -> payload = in.bytes();
                case 5 -> signature = in.bytes();
                default -> {}
            }
        }
        return new Envelope(
                signer.orElseThrow(() -> new MalformedBytes("an envelope without the key of who signed it")),
                payloadType,
                payload,
                signature);
    }

    public Bytes encode() {
        return new ProtoWriter()
                .bytes(1, signer.encode())
                .bytes(2, payloadType)
                .bytes(3, payload)
                .bytes(5, signature)
                .toBytes();
    }

    /** {@return whether its signer has signed it, and for that purpose} */
    public boolean isGenuine(String domain, Results results) {
        return signer.verifies(signedBytes(domain, payloadType, payload), signature, results);
    }

    private static Bytes signedBytes(String domain, Bytes payloadType, Bytes payload) {
        ByteWriter out = new ByteWriter();
        writeSized(out, Bytes.wrap(domain.getBytes(StandardCharsets.UTF_8)));
        writeSized(out, payloadType);
        writeSized(out, payload);
        return out.toBytes();
    }

    private static void writeSized(ByteWriter out, Bytes bytes) {
        Varint.write(out, bytes.size());
        out.raw(bytes);
    }
}
