package net.pangea.node;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.NetworkFailure;
import net.pangea.object.DataKey;
import net.pangea.object.Getter;
import net.pangea.object.ObjectFailure;
import net.pangea.object.ObjectRef;
import net.pangea.object.PutReceipt;
import net.pangea.protocol.FailureKind;
import net.pangea.protocol.FrameChannel;
import net.pangea.protocol.Message;
import net.pangea.protocol.Message.ClientReply;
import net.pangea.protocol.Message.ClientRequest;
import net.pangea.protocol.Message.Content;
import net.pangea.protocol.Message.Continue;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.GetObject;
import net.pangea.protocol.Message.ObjectFound;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Message.PeerRequest;
import net.pangea.protocol.Message.PutDone;
import net.pangea.protocol.Message.PutObject;
import net.pangea.protocol.ProtocolFailure;

/**
 * One accepted connection: requests of a peer or of a client, one after the other, until the other side ends,
 * is idle for too long, or breaks the protocol. Nothing that happens here reaches other connections.
 */
final class Session {
    /** Answers a peer only after its hedge deadline, when it has begun to ask others. */
    private static final String REPLY_LATE = "node.reply-late";

    private final FrameChannel channel;
    private final NodeServices services;

    Session(Connection connection, NodeServices services) {
        this.channel = FrameChannel.accepted(connection, services.clock(), services.deadlines());
        this.services = services;
    }

    void run() throws InterruptedException {
        try (FrameChannel closed = channel) {
            Optional<Message> request = closed.next(services.deadlines().idle());
            while (request.isPresent()) {
                answer(request.get());
                request = closed.next(services.deadlines().idle());
            }
        } catch (NetworkFailure | DeadlineExceeded e) {
            return; // gone or silent: its own business
        } catch (ProtocolFailure e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            reject("failed with " + e); // a defect: the connection ends, the node goes on
        }
    }

    private void reject(String reason) {
        services.events().emit(new NodeEvent.ConnectionRejected(channel.remote().toString(), reason));
    }

    private void answer(Message message) throws InterruptedException {
        switch (message) {
            case PeerRequest request -> send(answer(request));
            case PutObject request -> put(request);
            case GetObject request -> get(request);
            case ClientRequest other -> throw unexpected(other);
            case PeerReply reply -> throw unexpected(reply);
            case ClientReply reply -> throw unexpected(reply);
        }
    }

    private PeerReply answer(PeerRequest request) throws InterruptedException {
        if (services.faults().fires(REPLY_LATE)) {
            services.clock().sleep(services.deadlines().hedge().multipliedBy(2));
        }
        try {
            return services.holder().answer(request);
        } catch (DiskFailure e) {
            return new Failed(FailureKind.NODE_BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private void put(PutObject request) throws InterruptedException {
        services.objects().acquire();
        try {
            PutReceipt receipt = services.putter().put(request.name(), request.sizeBytes(), this::nextContent);
            send(new PutDone(
                    receipt.ref().id(),
                    receipt.ref().key().bytes(),
                    receipt.columnsStored(),
                    receipt.columns(),
                    receipt.peers(),
                    receipt.peersMayBeLost()));
        } catch (ObjectFailure e) {
            sendFailed(e);
        } finally {
            services.objects().release();
        }
    }

    private Bytes nextContent(int sizeBytes) throws InterruptedException {
        send(new Continue());
        Message message = channel.receive(services.deadlines().idle());
        if (message instanceof Content(Bytes bytes) && bytes.size() == sizeBytes) {
            return bytes;
        }
        throw new ProtocolFailure(
                ProtocolFailure.Kind.UNEXPECTED, sizeBytes + " bytes of content expected, not " + describe(message));
    }

    private void get(GetObject request) throws InterruptedException {
        services.objects().acquire();
        try {
            services.getter().get(new ObjectRef(request.object(), new DataKey(request.dataKey())), new ToClient());
        } catch (ObjectFailure e) {
            sendFailed(e);
        } finally {
            services.objects().release();
        }
    }

    private void sendFailed(ObjectFailure failure) throws InterruptedException {
        send(new Failed(failure.wireKind(), String.valueOf(failure.getMessage())));
    }

    private void send(Message message) throws InterruptedException {
        int _ = channel.send(message);
    }

    private static ProtocolFailure unexpected(Message message) {
        return new ProtocolFailure(ProtocolFailure.Kind.UNEXPECTED, "a request expected, not " + describe(message));
    }

    private static String describe(Message message) {
        return message instanceof Content(Bytes bytes)
                ? bytes.size() + " bytes of content"
                : message.getClass().getSimpleName();
    }

    /** Sends an object as it comes. */
    private final class ToClient implements Getter.Sink {
        @Override
        public void begin(String name, long sizeBytes) throws InterruptedException {
            send(new ObjectFound(name, sizeBytes));
        }

        @Override
        public void content(Bytes bytes) throws InterruptedException {
            send(new Content(bytes));
        }
    }
}
