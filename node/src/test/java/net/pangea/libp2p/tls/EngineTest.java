package net.pangea.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.IdentityKey;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsClientProtocol;

/** What happens after a handshake, with another side that does as it likes. */
class EngineTest {
    private final Other other = new Other();
    private final Engine engine = new Engine(new ListeningSide(terms(TlsScript.LISTENER, 2), trust()));
    private final TlsRecords records = new TlsRecords(engine);

    /** A dialer with its hands on everything that can be sent. */
    private static final class Other extends TlsClientProtocol {
        byte[] sent() {
            byte[] sent = new byte[getAvailableOutputBytes()];
            int _ = readOutput(sent, 0, sent.length);
            return sent;
        }

        String received() {
            byte[] received = new byte[getAvailableInputBytes()];
            int _ = readInput(received, 0, received.length);
            return new String(received, StandardCharsets.US_ASCII);
        }

        void say(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            writeApplicationData(bytes, 0, bytes.length);
        }

        void changeKeys(boolean andYouToo) throws IOException {
            send13KeyUpdate(andYouToo);
        }

        void record(short type, byte[] content) throws IOException {
            writeRecord(type, content, 0, content.length);
        }
    }

    private static Terms terms(IdentityKey identity, int seed) {
        SeededSecrets secrets = new SeededSecrets(seed);
        return new Terms(
                PeerCertificate.create(identity, MadeCertificate.NOW, secrets), List.of("/yamux/1.0.0"), secrets);
    }

    private static PeerTrust trust() {
        return new PeerTrust(Optional.empty(), MadeCertificate.NOW);
    }

    private void connect() throws IOException {
        other.connect(new DialingSide(terms(TlsScript.DIALER, 1), trust()));
        while (!engine.isComplete()) {
            var _ = open(other.sent());
            other.offerInput(engine.flight());
        }
    }

    /** Opens all records, and returns what was in them. */
    private String open(byte[] sent) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < sent.length; ) {
            int size = records.recordBytes(sent, at);
            text.append(StandardCharsets.US_ASCII.decode(records.open(sent, at, size)));
            at += size;
        }
        return text.toString();
    }

    private byte[] sealed(String text) {
        ByteBuffer plaintext = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        byte[] target = new byte[records.sealedMaxBytes(plaintext.remaining())];
        byte[] sealed = new byte[records.seal(plaintext, target)];
        System.arraycopy(target, 0, sealed, 0, sealed.length);
        assertThat(plaintext.hasRemaining()).isFalse();
        return sealed;
    }

    private void assertBadRecord(byte[] sent) {
        assertThat(catchThrowableOfType(SecurityFailure.class, () -> open(sent)).kind())
                .isEqualTo(Kind.BAD_RECORD);
        assertThat(engine.flight()).isEmpty();
    }

    @Example
    void data_flows_both_ways() throws IOException {
        connect();

        other.say("hello");
        assertThat(open(other.sent())).isEqualTo("hello");
        other.offerInput(sealed("and back"));
        assertThat(other.received()).isEqualTo("and back");
        assertThat(engine.applicationProtocol()).contains("/yamux/1.0.0");
    }

    @Example
    void the_longest_record_has_the_room_that_is_said() throws IOException {
        connect();
        String longest = "x".repeat(records.plaintextMaxBytes());

        other.offerInput(sealed(longest));

        assertThat(other.received()).isEqualTo(longest);
    }

    @Example
    void keys_change_when_the_other_side_says_so() throws IOException {
        connect();

        other.say("before ");
        other.changeKeys(true);
        other.say("after");

        assertThat(open(other.sent())).isEqualTo("before after");
        assertThat(engine.flight()).as("said with the next write").isEmpty();
        other.offerInput(sealed("x".repeat(records.plaintextMaxBytes())));
        other.offerInput(sealed("with new keys"));
        assertThat(other.received()).endsWith("xwith new keys");
    }

    @Example
    void a_farewell_ends_what_is_read_and_not_what_is_written() throws IOException {
        connect();

        other.say("last words");
        other.record(ContentType.alert, new byte[] {AlertLevel.warning, AlertDescription.close_notify});

        assertThat(open(other.sent())).isEqualTo("last words");
        assertThat(records.ended()).isTrue();
        other.offerInput(sealed("mine"));
        assertThat(other.received()).isEqualTo("mine");
    }

    @Example
    void a_fatal_alert_breaks_the_connection() throws IOException {
        connect();

        other.record(ContentType.alert, new byte[] {AlertLevel.fatal, AlertDescription.internal_error});

        assertBadRecord(other.sent());
    }

    @Example
    void messages_of_a_handshake_have_no_place_after_it() throws IOException {
        connect();

        other.record(ContentType.handshake, new byte[] {1, 0, 0, 0});

        assertBadRecord(other.sent());
    }

    @Property(tries = 200)
    void an_altered_record_is_answered_with_nothing(@ForAll Random random) throws IOException {
        if (!engine.isComplete()) {
            connect();
        }
        other.say("to be altered");
        byte[] sent = other.sent();
        sent[TlsRecords.HEADER_BYTES + random.nextInt(sent.length - TlsRecords.HEADER_BYTES)] ^=
                (byte) (1 << random.nextInt(8));

        assertBadRecord(sent);
    }

    @Example
    void what_is_not_plaintext_is_handed_out_as_nothing() throws IOException {
        connect();

        other.record(ContentType.application_data, new byte[0]);
        other.changeKeys(false);

        assertThat(open(other.sent())).isEmpty();
    }
}
