package net.pangea.libp2p.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import net.pangea.bytes.Bytes;
import net.pangea.machine.QuicIdentity;
import org.bouncycastle.asn1.ASN1Encoding;

/** Certificates that their owner signed, and that prove nothing to a peer. */
public final class FalseIdentities {
    private static final Duration DAY = Duration.ofDays(1);

    private FalseIdentities() {}

    /** {@return one in which the peer that it names vouches for the key of another certificate} */
    public static QuicIdentity forged(Instant now) throws GeneralSecurityException, IOException {
        Bytes other = Bytes.wrap(MadeCertificate.ofEd25519().keyInfo().getEncoded(ASN1Encoding.DER));
        SignedKey borrowed = SignedKey.of(TlsScript.DIALER, other);
        return identity(MadeCertificate.p256()
                .validFrom(now.minus(DAY))
                .validUntil(now.plus(DAY))
                .withoutSignedKey()
                .with(SignedKey.OID, false, borrowed.encode().toArray()));
    }

    /** {@return one that was good until yesterday} */
    public static QuicIdentity expired(Instant now) throws GeneralSecurityException, IOException {
        return identity(
                MadeCertificate.p256().validFrom(now.minus(DAY.multipliedBy(2))).validUntil(now.minus(DAY)));
    }

    private static QuicIdentity identity(MadeCertificate made) throws GeneralSecurityException, IOException {
        return new QuicIdentity(made.named("nobody").encoded().toArray(), made.privateKey());
    }
}
