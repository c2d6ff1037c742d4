package net.pangea.libp2p.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ByteQueue;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;

/**
 * One side's TLS of one connection, without the connection: records go in and out. It is Bouncy Castle's, and differs from it
 * once the handshake is over, when one task opens records and another seals them:
 *
 * <ul>
 *   <li>Plaintext is handed out where it lies, instead of through a queue.
 *   <li>The other side's farewell (close_notify) ends what is read and not what is written (RFC 8446 section 6.1).
 *   <li>A record that is none is answered with nothing: an alert would be sealed while another task seals. The connection is
 *       reset then, and nobody would read it.
 * </ul>
 */
final class Engine {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsProtocol protocol;
    private final ByteQueue output;

    /** Set by the task that opens records, in the midst of a handshake or before another task has this. */
    private boolean complete;

    private Optional<String> applicationProtocol = Optional.empty();
    private ByteBuffer content = NOTHING;
    private volatile boolean ended;

    /** A side that dials, and has its first flight ready. */
    Engine(DialingSide side) {
        Client client = new Client();
        this.protocol = client;
        this.output = client.output();
        try {
            client.connect(side);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A side that was dialed. */
    Engine(ListeningSide side) {
        Server server = new Server();
        this.protocol = server;
        this.output = server.output();
        try {
            server.accept(side);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** {@return whether the handshake is over, on this side} */
    boolean isComplete() {
        return complete;
    }

    /** {@return what both have agreed on in the handshake, if it was about that} */
    Optional<String> applicationProtocol() {
        return applicationProtocol;
    }

    /** {@return whether the other side has said farewell} */
    boolean hasEnded() {
        return ended;
    }

    int plaintextMaxBytes() {
        return protocol.getApplicationDataLimit();
    }

    /**
     * {@return the plaintext of the record, where that was}
     *
     * @throws SecurityFailure BAD_RECORD, or while the handshake lasts anything that it fails with
     */
    ByteBuffer open(byte[] array, int at, int size) {
        content = NOTHING;
        try {
            protocol.offerInput(array, at, size);
        } catch (IOException e) {
            throw failed(e);
        }
        ByteBuffer opened = content;
        content = NOTHING;
        return opened;
    }

    /**
     * Puts the plaintext into records at the beginning of {@code target}, and returns how long they are: one, and before it
     * one more if the keys change.
     *
     * @throws SecurityFailure BAD_RECORD
     */
    int seal(ByteBuffer plaintext, byte[] target) {
        int size = plaintext.remaining();
        byte[] array = plaintext.hasArray() ? plaintext.array() : new byte[size];
        int at = plaintext.hasArray() ? plaintext.arrayOffset() + plaintext.position() : 0;
        if (!plaintext.hasArray()) {
            plaintext.get(plaintext.position(), array);
        }
        try {
            protocol.writeApplicationData(array, at, size);
        } catch (IOException e) {
            throw failed(e);
        }
        plaintext.position(plaintext.limit());
        int sealed = protocol.readOutput(target, 0, target.length);
        output.shrink(); // or each connection would hold a long record's space for good
        return sealed;
    }

    /** {@return what the handshake has to say now} */
    byte[] flight() {
        byte[] flight = new byte[protocol.getAvailableOutputBytes()];
        int _ = protocol.readOutput(flight, 0, flight.length);
        output.shrink();
        return flight;
    }

    private SecurityFailure failed(IOException e) {
        if (e.getCause() instanceof SecurityFailure failure) {
            return failure;
        }
        if (complete) {
            return new SecurityFailure(Kind.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
        return switch (e) {
            case TlsFatalAlertReceived refusal ->
                new SecurityFailure(Kind.BAD_HANDSHAKE, "the other side refuses: " + refusal.getMessage(), e);
            case TlsFatalAlert alert
            when alert.getAlertDescription() == AlertDescription.bad_certificate ->
                new SecurityFailure(Kind.BAD_CERTIFICATE, String.valueOf(e.getMessage()), e);
            default -> new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(e.getMessage()), e);
        };
    }

    private void completed(TlsContext context) {
        complete = true;
        applicationProtocol = Optional.ofNullable(
                        context.getSecurityParametersConnection().getApplicationProtocol())
                .map(ProtocolName::getUtf8Decoding);
    }

    /** {@return whether it was plaintext and is taken} */
    private boolean take(short type, byte[] array, int at, int size) {
        if (!complete || type != ContentType.application_data) {
            return false;
        }
        content = ByteBuffer.wrap(array, at, size);
        return true;
    }

    /** {@return whether it was the farewell and is taken} */
    private boolean takeFarewell(short description) {
        boolean farewell = complete && description == AlertDescription.close_notify;
        if (farewell) {
            ended = true;
        }
        return farewell;
    }

    private final class Client extends TlsClientProtocol {
        ByteQueue output() {
            return outputBuffer.getBuffer();
        }

        @Override
        protected void completeHandshake() throws IOException {
            super.completeHandshake();
            completed(getContext());
        }

        @Override
        protected void processRecord(short type, byte[] array, int at, int size) throws IOException {
            if (!take(type, array, at, size)) {
                super.processRecord(type, array, at, size);
            }
        }

        @Override
        protected void handleAlertWarningMessage(short description) throws IOException {
            if (!takeFarewell(description)) {
                super.handleAlertWarningMessage(description);
            }
        }

        @Override
        protected void handleException(short description, String message, Throwable cause) throws IOException {
            if (!complete) {
                super.handleException(description, message, cause);
            }
        }
    }

    private final class Server extends TlsServerProtocol {
        ByteQueue output() {
            return outputBuffer.getBuffer();
        }

        @Override
        protected void completeHandshake() throws IOException {
            super.completeHandshake();
            completed(getContext());
        }

        @Override
        protected void processRecord(short type, byte[] array, int at, int size) throws IOException {
            if (!take(type, array, at, size)) {
                super.processRecord(type, array, at, size);
            }
        }

        @Override
        protected void handleAlertWarningMessage(short description) throws IOException {
            if (!takeFarewell(description)) {
                super.handleAlertWarningMessage(description);
            }
        }

        @Override
        protected void handleException(short description, String message, Throwable cause) throws IOException {
            if (!complete) {
                super.handleException(description, message, cause);
            }
        }
    }
}
