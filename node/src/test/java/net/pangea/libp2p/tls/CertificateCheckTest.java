package net.pangea.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.Mutations;
import net.pangea.multiformats.PeerId;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

class CertificateCheckTest {
    private static final int TRIES = 2_000;

    /** The vectors of the specification: what, peer, certificate. */
    private static final List<List<String>> VECTORS = vectors();

    private static List<List<String>> vectors() {
        String resource = "certificates.txt";
        try (InputStream file =
                Objects.requireNonNull(CertificateCheckTest.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ")))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes certificate(List<String> vector) {
        return Bytes.parseHex(vector.get(2)).orElseThrow();
    }

    private static PeerId peerOf(Bytes certificate) {
        return PeerId.of(CertificateCheck.peerOf(certificate, MadeCertificate.NOW));
    }

    private static Kind failureOf(Bytes certificate) {
        return catchThrowableOfType(SecurityFailure.class, () -> peerOf(certificate))
                .kind();
    }

    private static void assertAccepted(MadeCertificate made) throws GeneralSecurityException, IOException {
        assertThat(peerOf(made.encoded())).isEqualTo(TlsScript.DIALER.peerId());
    }

    private static void assertRefused(MadeCertificate made) throws GeneralSecurityException, IOException {
        assertThat(failureOf(made.encoded())).isEqualTo(Kind.BAD_CERTIFICATE);
    }

    @Example
    void the_certificates_of_the_specification_name_their_peers() {
        for (List<String> vector : VECTORS.subList(0, 3)) {
            assertThat(peerOf(certificate(vector))).hasToString(vector.get(1));
        }
    }

    @Example
    void the_certificate_of_the_specification_that_the_peer_has_not_signed_is_refused() {
        assertThat(failureOf(certificate(VECTORS.get(3)))).isEqualTo(Kind.BAD_SIGNATURE);
    }

    @Example
    void ones_own_is_accepted_and_is_read_by_the_platform_too() throws GeneralSecurityException {
        PeerCertificate own = PeerCertificate.create(TlsScript.DIALER, MadeCertificate.NOW, new SeededSecrets(1));

        assertThat(peerOf(own.encoded())).isEqualTo(TlsScript.DIALER.peerId());
        X509Certificate parsed = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.encoded().toArray()));
        parsed.verify(parsed.getPublicKey());
        assertThat(parsed.getPublicKey().getAlgorithm()).isEqualTo(own.key().getAlgorithm());
    }

    @Example
    void certificates_may_have_other_keys() throws GeneralSecurityException, IOException {
        assertAccepted(MadeCertificate.p256());
        assertAccepted(MadeCertificate.ofCurve("secp256r1", "SHA512withECDSA", "1.2.840.10045.4.3.4"));
        assertAccepted(MadeCertificate.ofCurve("secp384r1", "SHA384withECDSA", "1.2.840.10045.4.3.3"));
        assertAccepted(MadeCertificate.ofCurve("secp521r1", "SHA512withECDSA", "1.2.840.10045.4.3.4"));
        assertAccepted(MadeCertificate.ofRsa(2048, "SHA256withRSA", "1.2.840.113549.1.1.11"));
        assertAccepted(MadeCertificate.ofRsa(2048, "SHA512withRSA", "1.2.840.113549.1.1.13"));
        assertAccepted(MadeCertificate.ofEd25519());
    }

    @Example
    void weak_hashes_and_weak_keys_are_refused() throws GeneralSecurityException, IOException {
        assertRefused(MadeCertificate.ofCurve("secp256r1", "SHA1withECDSA", "1.2.840.10045.4.1"));
        assertRefused(MadeCertificate.ofCurve("secp256r1", "SHA224withECDSA", "1.2.840.10045.4.3.1"));
        assertRefused(MadeCertificate.ofRsa(2048, "SHA1withRSA", "1.2.840.113549.1.1.5"));
        assertRefused(MadeCertificate.ofRsa(1024, "SHA256withRSA", "1.2.840.113549.1.1.11"));
    }

    @Example
    void a_curve_that_is_not_named_is_refused() throws GeneralSecurityException, IOException {
        MadeCertificate made = MadeCertificate.p256();
        SubjectPublicKeyInfo explicit = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, ECNamedCurveTable.getByName("prime256v1")),
                made.keyInfo().getPublicKeyData().getOctets());

        assertRefused(made.showing(explicit));
    }

    @Example
    void another_key_than_the_one_that_signed_is_refused() throws GeneralSecurityException, IOException {
        assertRefused(MadeCertificate.p256().showing(MadeCertificate.ofEd25519().keyInfo()));
        assertRefused(MadeCertificate.p256()
                .showing(MadeCertificate.ofCurve("secp384r1", "SHA384withECDSA", "1.2.840.10045.4.3.3")
                        .keyInfo()));
    }

    @Example
    void it_is_valid_from_its_first_moment_to_its_last() throws GeneralSecurityException, IOException {
        assertAccepted(MadeCertificate.p256().validFrom(MadeCertificate.NOW).validUntil(MadeCertificate.NOW));
        assertRefused(MadeCertificate.p256().validFrom(MadeCertificate.NOW.plus(Duration.ofSeconds(1))));
        assertRefused(MadeCertificate.p256().validUntil(MadeCertificate.NOW.minus(Duration.ofSeconds(1))));
    }

    @Example
    void unknown_extensions_are_passed_over_unless_they_are_critical() throws GeneralSecurityException, IOException {
        assertAccepted(MadeCertificate.p256().with("1.2.3.4", false, new byte[] {1, 2, 3}));
        assertRefused(MadeCertificate.p256().with("1.2.3.4", true, new byte[] {1, 2, 3}));
    }

    @Example
    void the_peers_key_must_be_there_and_whole_and_once() throws GeneralSecurityException, IOException {
        assertRefused(MadeCertificate.p256().withoutSignedKey());
        assertRefused(MadeCertificate.p256().withoutSignedKey().with(SignedKey.OID, true, new byte[0]));
        assertRefused(MadeCertificate.p256().withoutSignedKey().with(SignedKey.OID, true, new byte[] {0x30, 0}));
        assertRefused(MadeCertificate.p256().signedTwice());
    }

    @Example
    void unique_ids_are_refused() throws GeneralSecurityException, IOException {
        assertRefused(MadeCertificate.p256().withUniqueId());
    }

    @Example
    void what_is_nested_as_deep_as_a_message_allows_is_refused() {
        byte[] nested = new byte[32_000];
        Arrays.fill(nested, (byte) 0x30);
        for (int i = 1; i < nested.length; i += 2) {
            nested[i] = (byte) 0x80;
        }

        assertThat(failureOf(Bytes.wrap(nested))).isEqualTo(Kind.BAD_CERTIFICATE);
        assertThat(failureOf(definiteNest())).isEqualTo(Kind.BAD_CERTIFICATE);
    }

    /** Sequences in sequences, each as long as what is in it. */
    private static Bytes definiteNest() {
        Bytes content = Bytes.EMPTY;
        for (int i = 0; i < 4_000; i++) {
            content = new ByteWriter()
                    .u8(0x30)
                    .u8(0x82)
                    .u16(content.size())
                    .raw(content)
                    .toBytes();
        }
        return content;
    }

    @Property(tries = TRIES)
    void whatever_is_done_to_it_a_certificate_fails_by_name_or_names_the_same_peer(@ForAll Random random) {
        for (List<String> vector : VECTORS.subList(0, 3)) {
            Bytes mutated = Mutations.of(certificate(vector), random);
            try {
                assertThat(peerOf(mutated)).hasToString(vector.get(1));
            } catch (SecurityFailure failure) {
                assertThat(failure.kind()).isIn(Kind.BAD_CERTIFICATE, Kind.BAD_SIGNATURE);
            }
        }
    }
}
