package net.pangea.multiformats;

import java.math.BigInteger;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A public key on an elliptic curve, and its ECDSA signatures over SHA-256 in DER (SEC 1, sections 4.1.4 and C.8). */
record CurveKey(ECPublicKeyParameters key) {
    private static final ECDomainParameters SECP256K1 = curve("secp256k1");
    private static final ECDomainParameters P256 = curve("secp256r1");
    private static final ECDomainParameters P384 = curve("secp384r1");
    private static final ECDomainParameters P521 = curve("secp521r1");

    private static final int COMPRESSED_BYTES = 33;
    private static final int UNCOMPRESSED = 4;

    private static final String EC_PUBLIC_KEY = "2a8648ce3d0201";

    /** {@return the key that is a compressed point of secp256k1 (SEC 1, section 2.3.3)} */
    static CurveKey decodeSecp256k1(Bytes encoded) {
        if (encoded.size() != COMPRESSED_BYTES) {
            throw new MalformedBytes("a compressed point has 33 bytes, not " + encoded.size());
        }
        return onCurve(SECP256K1, encoded);
    }

    /** {@return the key of a SubjectPublicKeyInfo (RFC 5480, section 2)} */
    static CurveKey decode(Bytes encoded) {
        Der in = new Der(encoded);
        Der info = in.sequence();
        in.end();
        Der algorithm = info.sequence();
        if (!algorithm.identifier().hex().equals(EC_PUBLIC_KEY)) {
            throw new MalformedBytes("not the key of an elliptic curve");
        }
        ECDomainParameters curve = switch (algorithm.identifier().hex()) {
            case "2a8648ce3d030107" -> P256;
            case "2b81040022" -> P384;
            case "2b81040023" -> P521;
            default -> throw new MalformedBytes("a key of another curve than P-256, P-384 and P-521");
        };
        algorithm.end();
        Bytes point = info.bits();
        info.end();
        int fieldBytes = (curve.getCurve().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
        if (point.size() != 1 + 2 * fieldBytes || point.at(0) != UNCOMPRESSED) {
            throw new MalformedBytes("a key that is no uncompressed point");
        }
        return onCurve(curve, point);
    }

    boolean verifies(Bytes message, Bytes signature) {
        Der in = new Der(signature);
        Der numbers = in.sequence();
        in.end();
        BigInteger r = numbers.integer();
        BigInteger s = numbers.integer();
        numbers.end();
        var verifier = new ECDSASigner();
        verifier.init(false, key);
        return verifier.verifySignature(Sha256.of(message).bytes().toArray(), r, s);
    }

    private static CurveKey onCurve(ECDomainParameters curve, Bytes point) {
        try {
            return new CurveKey(new ECPublicKeyParameters(curve.getCurve().decodePoint(point.toArray()), curve));
        } catch (IllegalArgumentException e) { // which is how the library says that it is none
            throw new MalformedBytes("no point of the curve");
        }
    }

    private static ECDomainParameters curve(String name) {
        return new ECDomainParameters(CustomNamedCurves.getByName(name));
    }
}
