package net.pangea.object;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.FrameChannel;
import net.pangea.protocol.Limits;
import net.pangea.protocol.Message;
import net.pangea.protocol.Message.Content;
import net.pangea.protocol.Message.Continue;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.GetObject;
import net.pangea.protocol.Message.ObjectFound;
import net.pangea.protocol.Message.PutDone;
import net.pangea.protocol.Message.PutObject;
import net.pangea.protocol.ProtocolFailure;

/**
 * Asks a node, over the network alone, to store and to give back objects. The node does the work and sees
 * content and keys, so it is to be the user's own, or trusted.
 *
 * <p>One connection for each call. Holds the whole object in memory. Any task may call it.
 */
public final class ObjectClient {
    private final Network network;
    private final Clock clock;
    private final Deadlines deadlines;

    /** Waits as long as {@link Deadlines#CLIENT} says. */
    public ObjectClient(Machine machine) {
        this(machine, Deadlines.CLIENT);
    }

    public ObjectClient(Machine machine, Deadlines deadlines) {
        this.network = machine.network();
        this.clock = machine.clock();
        this.deadlines = deadlines;
    }

    /**
     * Stores an object; returning means that the network has acknowledged it.
     *
     * @throws ObjectFailure if it has not, or if that is unknown (NODE_UNREACHABLE, NODE_SILENT)
     */
    public PutReceipt put(Endpoint node, String name, byte[] content) throws InterruptedException {
        if (!Header.isName(name)) {
            throw new ObjectFailure(Kind.TOO_LARGE, "the name has more than " + Limits.MAX_NAME_BYTES + " bytes");
        }
        return converse(node, channel -> put(channel, name, content));
    }

    private PutReceipt put(FrameChannel channel, String name, byte[] content) throws InterruptedException {
        int sent = channel.send(new PutObject(name, content.length));
        int offset = 0;
        while (true) {
            switch (channel.receive(deadlines.replyAfter(sent))) {
                case Continue() -> {
                    int end = (int) Math.min(content.length, offset + (long) Limits.SEGMENT_BYTES);
                    sent = channel.send(new Content(Bytes.wrap(Arrays.copyOfRange(content, offset, end))));
                    offset = end;
                }
                case PutDone done -> {
                    ObjectRef ref = new ObjectRef(done.object(), new DataKey(done.dataKey()));
                    return new PutReceipt(
                            ref, done.columnsStored(), done.columns(), done.peers(), done.peersMayBeLost());
                }
                case Failed(var kind, String text) -> throw ObjectFailure.of(kind, text);
                case Message other -> throw unexpected(other);
            }
        }
    }

    /**
     * {@return the content of an object}
     *
     * @throws ObjectFailure if it cannot be had
     */
    public byte[] get(Endpoint node, ObjectRef ref) throws InterruptedException {
        return converse(node, channel -> get(channel, ref));
    }

    private byte[] get(FrameChannel channel, ObjectRef ref) throws InterruptedException {
        int sent = channel.send(new GetObject(ref.id(), ref.key().bytes()));
        long sizeBytes = switch (channel.receive(deadlines.replyAfter(sent))) {
            case ObjectFound(String _, long size) -> size;
            case Failed(var kind, String text) -> throw ObjectFailure.of(kind, text);
            case Message other -> throw unexpected(other);
        };
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        do {
            switch (channel.receive(deadlines.reply())) {
                case Content(Bytes bytes) -> content.writeBytes(bytes.toArray());
                case Failed(var kind, String text) -> throw ObjectFailure.of(kind, text);
                case Message other -> throw unexpected(other);
            }
        } while (content.size() < sizeBytes);
        if (content.size() > sizeBytes) {
            throw new ObjectFailure(
                    Kind.BAD_REPLY, "the node gives " + content.size() + " bytes of an object of " + sizeBytes);
        }
        return content.toByteArray();
    }

    private <T> T converse(Endpoint node, Conversation<T> conversation) throws InterruptedException {
        FrameChannel opened;
        try {
            opened = FrameChannel.dial(network, clock, deadlines, node);
        } catch (NetworkFailure | DeadlineExceeded e) {
            throw new ObjectFailure(Kind.NODE_UNREACHABLE, node + ": " + e.getMessage());
        }
        try (FrameChannel channel = opened) {
            return conversation.run(channel);
        } catch (NetworkFailure e) {
            throw new ObjectFailure(Kind.NODE_UNREACHABLE, node + " broke off: " + e.getMessage());
        } catch (DeadlineExceeded e) {
            throw new ObjectFailure(Kind.NODE_SILENT, node + ": " + e.getMessage());
        } catch (ProtocolFailure e) {
            Kind kind = switch (e.kind()) {
                case ENDED -> Kind.NODE_UNREACHABLE;
                case MALFORMED, TOO_LARGE, WRONG_VERSION, UNEXPECTED -> Kind.BAD_REPLY;
            };
            throw new ObjectFailure(kind, node + ": " + e.getMessage());
        }
    }

    private static ProtocolFailure unexpected(Message message) {
        return new ProtocolFailure(
                ProtocolFailure.Kind.UNEXPECTED,
                "unexpected " + message.getClass().getSimpleName());
    }

    @FunctionalInterface
    private interface Conversation<T> {
        T run(FrameChannel channel) throws InterruptedException;
    }
}
