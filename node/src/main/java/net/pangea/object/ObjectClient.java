package net.pangea.object;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.ClientChannel;
import net.pangea.protocol.ClientCodec;
import net.pangea.protocol.ClientMessage;
import net.pangea.protocol.ClientMessage.AskStatus;
import net.pangea.protocol.ClientMessage.Changed;
import net.pangea.protocol.ClientMessage.Content;
import net.pangea.protocol.ClientMessage.Continue;
import net.pangea.protocol.ClientMessage.DeleteObject;
import net.pangea.protocol.ClientMessage.DescribeObject;
import net.pangea.protocol.ClientMessage.Described;
import net.pangea.protocol.ClientMessage.Failed;
import net.pangea.protocol.ClientMessage.FindProviders;
import net.pangea.protocol.ClientMessage.GetDone;
import net.pangea.protocol.ClientMessage.GetObject;
import net.pangea.protocol.ClientMessage.ListObjects;
import net.pangea.protocol.ClientMessage.Listed;
import net.pangea.protocol.ClientMessage.LookUp;
import net.pangea.protocol.ClientMessage.LookedUp;
import net.pangea.protocol.ClientMessage.ObjectFound;
import net.pangea.protocol.ClientMessage.PinObject;
import net.pangea.protocol.ClientMessage.ProvidersFound;
import net.pangea.protocol.ClientMessage.PublishCatalogue;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.PutDone;
import net.pangea.protocol.ClientMessage.PutObject;
import net.pangea.protocol.ClientMessage.RenewObject;
import net.pangea.protocol.ClientMessage.RestoreCatalogue;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.ObjectInfo;
import net.pangea.protocol.ProtocolFailure;

/**
 * Asks a node, over the network alone, to do what {@link ObjectServices} do. The node does the work and sees content and
 * keys, so it is to be the user's own, or trusted.
 *
 * <p>One connection for each call. Content streams through, a segment at a time. Any task may call it.
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
     * @param source asked for the whole content from its beginning, also when the put is resumed
     * @throws ObjectFailure if it has not been stored, or if that is unknown (NODE_UNREACHABLE, NODE_SILENT)
     */
    public PutReceipt put(Endpoint node, PutRequest request, ContentSource source) throws InterruptedException {
        if (!Header.isName(request.name())) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE,
                    "the name has more than " + ObjectLimits.MAX_NAME_BYTES + " bytes; choose a shorter one");
        }
        return converse(node, channel -> put(channel, request, source));
    }

    /** Stores an object that is in memory. */
    public PutReceipt put(Endpoint node, String name, byte[] content) throws InterruptedException {
        int[] offset = {0};
        return put(node, PutRequest.of(name, content.length), sizeBytes -> {
            int from = offset[0];
            offset[0] += sizeBytes;
            return Bytes.wrap(Arrays.copyOfRange(content, from, from + sizeBytes));
        });
    }

    private PutReceipt put(ClientChannel channel, PutRequest request, ContentSource source)
            throws InterruptedException {
        int sent = channel.send(new PutObject(
                request.name(), request.mediaType(), request.sizeBytes(), request.pinned(), request.token()));
        long left = request.sizeBytes();
        while (true) {
            switch (channel.receive(deadlines.replyAfter(sent))) {
                case Continue(int sizeBytes) -> {
                    if (sizeBytes > left) {
                        throw unexpected(new Continue(sizeBytes));
                    }
                    Bytes next = source.next(sizeBytes);
                    if (next.size() != sizeBytes) {
                        throw new ObjectFailure(
                                Kind.UNREADABLE_SOURCE,
                                "the source gave " + next.size() + " bytes where " + sizeBytes
                                        + " should be; put it when nobody changes it");
                    }
                    left -= sizeBytes;
                    sent = channel.send(new Content(next));
                }
                case PutDone done -> {
                    return new PutReceipt(
                            done.ref(),
                            done.columnsStored(),
                            done.columns(),
                            done.peers(),
                            done.peersMayBeLost(),
                            done.domains(),
                            done.domainsMayBeLost(),
                            done.segmentsResumed());
                }
                case ClientMessage other -> throw failureOf(other);
            }
        }
    }

    /** {@return the content of an object, in memory} */
    public byte[] get(Endpoint node, ObjectRef ref) throws InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        get(node, ref, Range.WHOLE, new ContentSink() {
            @Override
            public void begin(Header header, int segmentBytes, long length) {}

            @Override
            public void content(Bytes bytes) {
                content.writeBytes(bytes.toArray());
            }
        });
        return content.toByteArray();
    }

    /**
     * Gives an object, or a part of it, to {@code sink}. What it was given is authentic, but only a whole object that
     * this returns for is complete.
     *
     * @throws ObjectFailure if it cannot be had, also after a part was given
     */
    public void get(Endpoint node, ObjectRef ref, Range range, ContentSink sink) throws InterruptedException {
        boolean _ = converse(node, channel -> get(channel, ref, range, sink));
    }

    private boolean get(ClientChannel channel, ObjectRef ref, Range range, ContentSink sink)
            throws InterruptedException {
        int sent = channel.send(new GetObject(ref, range.offset(), range.length()));
        ObjectFound found = switch (channel.receive(deadlines.replyAfter(sent))) {
            case ObjectFound it -> it;
            case ClientMessage other -> throw failureOf(other);
        };
        sink.begin(headerOf(found), found.segmentBytes(), found.length());
        long left = found.length();
        while (true) {
            switch (channel.receive(deadlines.reply())) {
                case Content(Bytes bytes) -> {
                    left -= bytes.size();
                    if (left < 0) {
                        throw new ObjectFailure(
                                Kind.BAD_REPLY,
                                "the node gives more than the " + found.length() + " bytes it announced");
                    }
                    sink.content(bytes);
                }
                case GetDone() -> {
                    if (left > 0) {
                        throw new ObjectFailure(Kind.BAD_REPLY, "the node ended " + left + " bytes too early");
                    }
                    return true;
                }
                case ClientMessage other -> throw failureOf(other);
            }
        }
    }

    private static Header headerOf(ObjectFound found) {
        try {
            return new Header(
                    found.name(), found.mediaType(), found.sizeBytes(), found.content(), found.createdMillis());
        } catch (IllegalArgumentException e) {
            throw new ObjectFailure(Kind.BAD_REPLY, "the node describes an object that cannot be: " + e.getMessage());
        }
    }

    /** {@return all of the owner's objects that match} */
    public List<CatalogueEntry> list(Endpoint node, String pattern) throws InterruptedException {
        List<CatalogueEntry> all = new ArrayList<>();
        Optional<Sha256> after = Optional.empty();
        boolean more = true;
        while (more) {
            Listed page = page(node, pattern, after, ClientCodec.PAGE_MAX);
            all.addAll(page.entries());
            more = page.more() && !page.entries().isEmpty();
            after = page.entries().isEmpty()
                    ? after
                    : Optional.of(page.entries().getLast().ref().id());
        }
        return all;
    }

    /** {@return the owner's objects that match, in the order of their ids, from behind {@code after} on} */
    public Listed page(Endpoint node, String pattern, Optional<Sha256> after, int max) throws InterruptedException {
        return ask(node, new ListObjects(pattern, after, max), Listed.class);
    }

    /** Deletes an object of the owner. */
    public Changed delete(Endpoint node, Sha256 object) throws InterruptedException {
        return ask(node, new DeleteObject(object), Changed.class);
    }

    /** {@return what is known of an object} */
    public ObjectInfo info(Endpoint node, ObjectRef ref) throws InterruptedException {
        return ask(node, new DescribeObject(ref), Described.class).info();
    }

    /** Has the lease of an object renewed from now on, or no longer. */
    public Changed pin(Endpoint node, Sha256 object, boolean pinned) throws InterruptedException {
        return ask(node, new PinObject(object, pinned), Changed.class);
    }

    /** Extends the lease of an object to {@code time} from now. */
    public Changed renew(Endpoint node, Sha256 object, Duration time) throws InterruptedException {
        return ask(node, new RenewObject(object, time.toMillis()), Changed.class);
    }

    /** Brings the owner's catalogue back from the network. */
    public Restored restore(Endpoint node) throws InterruptedException {
        return ask(node, new RestoreCatalogue(), Restored.class);
    }

    /** Brings the owner's catalogue to the network now. */
    public Published publish(Endpoint node) throws InterruptedException {
        return ask(node, new PublishCatalogue(), Published.class);
    }

    /** {@return the nodes of the DHT that are closest to a key, as this node finds them} */
    public LookedUp lookUp(Endpoint node, Bytes key) throws InterruptedException {
        return ask(node, new LookUp(key), LookedUp.class);
    }

    /** {@return who says in the DHT that they have an object, as this node finds them} */
    public ProvidersFound providers(Endpoint node, Sha256 object) throws InterruptedException {
        return ask(node, new FindProviders(object), ProvidersFound.class);
    }

    /** {@return how the node is} */
    public Status status(Endpoint node) throws InterruptedException {
        return ask(node, new AskStatus(), Status.class);
    }

    private <T extends ClientMessage.Reply> T ask(Endpoint node, ClientMessage.Request request, Class<T> expected)
            throws InterruptedException {
        return converse(node, channel -> {
            int sent = channel.send(request);
            ClientMessage reply = channel.receive(deadlines.replyAfter(sent));
            if (!expected.isInstance(reply)) {
                throw failureOf(reply);
            }
            return expected.cast(reply);
        });
    }

    private <T> T converse(Endpoint node, Conversation<T> conversation) throws InterruptedException {
        ClientChannel opened;
        try {
            opened = ClientChannel.dial(network, clock, deadlines, node);
        } catch (NetworkFailure | DeadlineExceeded e) {
            throw new ObjectFailure(Kind.NODE_UNREACHABLE, node + ": " + e.getMessage() + "; is the node running?");
        }
        try (ClientChannel channel = opened) {
            return conversation.run(channel);
        } catch (NetworkFailure e) {
            throw new ObjectFailure(Kind.NODE_UNREACHABLE, node + " broke off: " + e.getMessage());
        } catch (DeadlineExceeded e) {
            throw new ObjectFailure(Kind.NODE_SILENT, node + ": " + e.getMessage());
        } catch (ProtocolFailure e) {
            Kind kind = switch (e.kind()) {
                case ENDED -> Kind.NODE_UNREACHABLE;
                case MALFORMED, TOO_LARGE, CROWDED_OUT, WRONG_VERSION, UNEXPECTED -> Kind.BAD_REPLY;
            };
            throw new ObjectFailure(kind, node + ": " + e.getMessage());
        }
    }

    private static RuntimeException failureOf(ClientMessage message) {
        return message instanceof Failed(var problem, String text)
                ? ObjectFailure.of(problem, text)
                : unexpected(message);
    }

    private static ProtocolFailure unexpected(ClientMessage message) {
        return new ProtocolFailure(
                ProtocolFailure.Kind.UNEXPECTED,
                "unexpected " + message.getClass().getSimpleName());
    }

    @FunctionalInterface
    private interface Conversation<T> {
        T run(ClientChannel channel) throws InterruptedException;
    }
}
