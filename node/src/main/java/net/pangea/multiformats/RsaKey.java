package net.pangea.multiformats;

import java.math.BigInteger;
import java.util.Arrays;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/** An RSA public key, and the signatures of RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2). */
record RsaKey(BigInteger modulus, BigInteger exponent) {
    /*
     * Verification is one power and one comparison, so it stands here: BouncyCastle's RSA key tests its modulus for being
     * prime, for which it draws from the default randomness, and remembers moduli it has seen. What is compared is the whole
     * padded hash that the signer must have made (RFC 8017, §8.2.2): nothing that a signature holds is parsed, which is where
     * others have been fooled.
     */

    /** Less is broken or soon will be; go-libp2p refuses it too. */
    static final int MIN_BITS = 2_048;

    /** More only costs time: verifying takes 16 times as long as with the least. go-libp2p refuses it too. */
    static final int MAX_BITS = 8_192;

    /** Nobody's exponent is longer, and the time to verify grows with it. */
    private static final int MAX_EXPONENT_BITS = 31;

    private static final Bytes RSA_ENCRYPTION =
            Bytes.parseHex("2a864886f70d010101").orElseThrow();

    /** What stands before a SHA-256 hash to say that it is one (RFC 8017, §9.2, note 1). */
    private static final Bytes DIGEST_INFO =
            Bytes.parseHex("3031300d060960864801650304020105000420").orElseThrow();

    RsaKey {
        if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS || !modulus.testBit(0)) {
            throw new MalformedBytes("an RSA modulus is odd and has " + MIN_BITS + " to " + MAX_BITS + " bits, not "
                    + modulus.bitLength());
        }
        if (exponent.bitLength() < 2 || exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            throw new MalformedBytes(
                    "an RSA exponent is odd, at least 3, and has at most " + MAX_EXPONENT_BITS + " bits");
        }
    }

    /** {@return the key of a SubjectPublicKeyInfo (RFC 5280, section 4.1; RFC 8017, appendix A.1.1)} */
    static RsaKey decode(Bytes encoded) {
        Der in = new Der(encoded);
        Der info = in.sequence();
        in.end();
        Der algorithm = info.sequence();
        if (!algorithm.identifier().equals(RSA_ENCRYPTION)) {
            throw new MalformedBytes("not the key of RSA");
        }
        algorithm.nothing();
        algorithm.end();
        Der bits = new Der(info.bits());
        info.end();
        Der numbers = bits.sequence();
        bits.end();
        RsaKey key = new RsaKey(numbers.integer(), numbers.integer());
        numbers.end();
        return key;
    }

    boolean verifies(Bytes message, Bytes signature) {
        int size = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        if (signature.size() != size) {
            return false;
        }
        BigInteger number = new BigInteger(1, signature.toArray());
        return number.compareTo(modulus) < 0
                && number.modPow(exponent, modulus).equals(new BigInteger(1, padded(Sha256.of(message), size)));
    }

    /** The encoded message of EMSA-PKCS1-v1_5 (RFC 8017, §9.2). */
    private static byte[] padded(Sha256 hash, int size) {
        byte[] padded = new byte[size];
        Arrays.fill(padded, (byte) 0xff);
        padded[0] = 0;
        padded[1] = 1;
        int hashAt = size - Sha256.SIZE_BYTES;
        int infoAt = hashAt - DIGEST_INFO.size();
        padded[infoAt - 1] = 0;
        DIGEST_INFO.copyTo(padded, infoAt);
        hash.bytes().copyTo(padded, hashAt);
        return padded;
    }
}
