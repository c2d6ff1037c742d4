package net.pangea.libp2p.tls;

import java.nio.charset.StandardCharsets;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PublicKey;

/**
 * The extension that makes a certificate a libp2p peer's: its key, and that key's signature of the certificate's.
 *
 * <pre>SignedKey ::= SEQUENCE { publicKey OCTET STRING, signature OCTET STRING }</pre>
 *
 * @param signature of "libp2p-tls-handshake:" and the certificate's SubjectPublicKeyInfo
 */
record SignedKey(PublicKey peer, Bytes signature) {
    /** Its object identifier. */
    static final String OID = "1.3.6.1.4.1.53594.1.1";

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** In a length's first byte: how many bytes of the length follow. */
    private static final int LONG_FORM = 0x80;

    private static final Bytes SIGNED_PREFIX = Bytes.wrap("libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII));

    static SignedKey of(IdentityKey peer, Bytes certificateKey) {
        return new SignedKey(peer.publicKey(), peer.sign(signed(certificateKey)));
    }

    Bytes encode() {
        ByteWriter content = new ByteWriter();
        put(content, OCTET_STRING, peer.encode());
        put(content, OCTET_STRING, signature);
        ByteWriter out = new ByteWriter();
        put(out, SEQUENCE, content.toBytes());
        return out.toBytes();
    }

    /** @throws SecurityFailure BAD_CERTIFICATE if the extension's value is something else */
    static SignedKey decode(Bytes value) {
        try {
            ByteReader outer = new ByteReader(value);
            ByteReader in = new ByteReader(take(outer, SEQUENCE));
            outer.end();
            Bytes key = take(in, OCTET_STRING);
            Bytes signature = take(in, OCTET_STRING);
            in.end();
            return new SignedKey(PublicKey.decode(key), signature);
        } catch (MalformedBytes e) {
            throw new SecurityFailure(
                    Kind.BAD_CERTIFICATE, "no key of a peer in the certificate: " + e.getMessage(), e);
        }
    }

    boolean vouchesFor(Bytes certificateKey) {
        return peer.verifies(signed(certificateKey), signature);
    }

    private static Bytes signed(Bytes certificateKey) {
        return new ByteWriter().raw(SIGNED_PREFIX).raw(certificateKey).toBytes();
    }

    private static void put(ByteWriter out, int tag, Bytes content) {
        out.u8(tag);
        int size = content.size();
        if (size < LONG_FORM) {
            out.u8(size);
        } else if (size <= 0xff) {
            out.u8(LONG_FORM | 1).u8(size);
        } else {
            out.u8(LONG_FORM | 2).u16(size);
        }
        out.raw(content);
    }

    private static Bytes take(ByteReader in, int tag) {
        int found = in.u8();
        if (found != tag) {
            throw new MalformedBytes("tag " + found + " where " + tag + " belongs");
        }
        int first = in.u8();
        return in.raw(
                switch (first) {
                    case LONG_FORM | 1 -> in.u8In(LONG_FORM, 0xff, "length");
                    case LONG_FORM | 2 -> in.u16In(0x100, 0xffff, "length");
                    default -> first; // of the long form only if there are more bytes than a certificate has
                });
    }
}
