package net.pangea.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.kad.LookupResult;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.NetworkFailure;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.object.CatalogueService;
import net.pangea.object.ContentSink;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure;
import net.pangea.object.OwnerService;
import net.pangea.object.ProviderKey;
import net.pangea.object.PutReceipt;
import net.pangea.object.PutRequest;
import net.pangea.protocol.ClientChannel;
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
import net.pangea.protocol.ClientMessage.Problem;
import net.pangea.protocol.ClientMessage.ProvidersFound;
import net.pangea.protocol.ClientMessage.PublishCatalogue;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.PutDone;
import net.pangea.protocol.ClientMessage.PutObject;
import net.pangea.protocol.ClientMessage.RenewObject;
import net.pangea.protocol.ClientMessage.RestoreCatalogue;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;
import net.pangea.protocol.ProtocolFailure;
import net.pangea.store.StoreFailure;

/**
 * One connection of a client: its requests, one after the other, until it ends, is idle for too long, or breaks the
 * protocol. Nothing that happens here reaches other connections.
 */
final class ClientSession {
    /** The longest lease a client may ask for: ten years. */
    private static final Duration LEASE_MAX = Duration.ofDays(3_653);

    private final ClientChannel channel;
    private final NodeServices services;

    ClientSession(ClientChannel channel, NodeServices services) {
        this.channel = channel;
        this.services = services;
    }

    /** Serves until the end, and closes the connection. */
    void run() throws InterruptedException {
        try (ClientChannel closed = channel) {
            Optional<ClientMessage> request = closed.next(services.deadlines().idle());
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

    private void answer(ClientMessage message) throws InterruptedException {
        try {
            switch (message) {
                case PutObject request -> withMemory(() -> send(put(request)));
                case GetObject request -> withMemory(() -> get(request));
                case PublishCatalogue() -> withMemory(() -> send(publish()));
                case RestoreCatalogue() -> withMemory(() -> send(restore()));
                case ListObjects request -> send(list(request));
                case DeleteObject(var object) ->
                    send(changed(services.objects().owned().delete(object)));
                case PinObject(var object, boolean pinned) ->
                    send(changed(services.objects().owned().pin(object, pinned)));
                case RenewObject(var object, long millis) ->
                    send(changed(services.objects().owned().renew(object, leaseOf(millis))));
                case DescribeObject(var ref) ->
                    send(new Described(services.objects().owned().info(ref)));
                case AskStatus() -> send(status());
                case LookUp(Bytes key) -> send(lookUp(key));
                case FindProviders(Sha256 object) -> send(providers(object));
                case Content _ -> throw unexpected(message);
                case ClientMessage.Reply _ -> throw unexpected(message);
            }
        } catch (ObjectFailure e) {
            send(new Failed(e.problem(), String.valueOf(e.getMessage())));
        } catch (StoreFailure | DiskFailure e) {
            send(new Failed(Problem.NODE_BROKEN, "this node's disk: " + e.getMessage()));
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** What moves whole segments waits until the node knows where to, and for the memory to do so. */
    private void withMemory(Work work) throws InterruptedException {
        services.joining().await();
        services.memory().acquire();
        try {
            work.run();
        } finally {
            services.memory().release();
        }
    }

    private PutDone put(PutObject request) throws InterruptedException {
        PutReceipt receipt = services.objects()
                .puts()
                .put(
                        new PutRequest(
                                request.name(),
                                request.mediaType(),
                                request.sizeBytes(),
                                request.pinned(),
                                request.token()),
                        this::nextContent);
        return new PutDone(
                receipt.ref(),
                receipt.columnsStored(),
                receipt.columns(),
                receipt.peers(),
                receipt.peersMayBeLost(),
                receipt.domains(),
                receipt.domainsMayBeLost(),
                receipt.segmentsResumed());
    }

    private Bytes nextContent(int sizeBytes) throws InterruptedException {
        send(new Continue(sizeBytes));
        ClientMessage message = channel.receive(services.deadlines().idle());
        if (message instanceof Content(Bytes bytes) && bytes.size() == sizeBytes) {
            return bytes;
        }
        throw new ProtocolFailure(
                ProtocolFailure.Kind.UNEXPECTED, sizeBytes + " bytes of content expected, not " + describe(message));
    }

    private void get(GetObject request) throws InterruptedException {
        services.objects().gets().get(request.ref(), new Range(request.offset(), request.length()), new ToClient());
        send(new GetDone());
    }

    private Listed list(ListObjects request) {
        List<CatalogueEntry> entries =
                services.objects().owned().list(request.pattern(), request.after(), request.max());
        return new Listed(entries, entries.size() == request.max());
    }

    private static Changed changed(OwnerService.Changed changed) {
        return new Changed(changed.entry(), changed.peersTold(), changed.peers());
    }

    private static Duration leaseOf(long millis) {
        if (millis < 1 || millis > LEASE_MAX.toMillis()) {
            throw new ObjectFailure(
                    ObjectFailure.Kind.BAD_REPLY,
                    "a lease of " + millis + " ms cannot be; choose up to " + LEASE_MAX.toDays() + " days");
        }
        return Duration.ofMillis(millis);
    }

    private Published publish() throws InterruptedException {
        CatalogueService.Published published = services.objects().catalogue().publish();
        return new Published(published.sequence(), published.entries(), published.peersTold());
    }

    private Restored restore() throws InterruptedException {
        CatalogueService.Restored restored = services.objects().catalogue().restore();
        return new Restored(restored.sequence(), restored.entries(), restored.added());
    }

    private LookedUp lookUp(Bytes key) throws InterruptedException {
        services.joining().await();
        LookupResult found = services.dht().closest(key);
        return new LookedUp(
                found.closest().stream().map(contact -> contact.id().toString()).toList(),
                found.hops(),
                found.requests(),
                found.unanswered());
    }

    private ProvidersFound providers(Sha256 object) throws InterruptedException {
        services.joining().await();
        return new ProvidersFound(services.dht().findProviders(ProviderKey.of(object), ProviderKey.WANTED).stream()
                .map(contact -> contact.id().toString())
                .toList());
    }

    private Status status() {
        int peers = services.objects().peers().all().size();
        return new Status(
                services.objects().peers().self().name(),
                services.objects().owner().id().hex(),
                services.objects().peers().self().zone().orElse(""),
                peers,
                peers - services.objects().peers().avoided().size(),
                services.store().usedBytes(),
                services.store().freeBytes(),
                services.objects().owned().count(),
                services.objects().catalogue().sequence(),
                services.objects().catalogue().isDirty(),
                discovery(),
                services.side().legacy(),
                services.host().tally());
    }

    private String discovery() {
        return services.side()
                .nearby()
                .map(peers -> "mdns, " + peers + " peers heard of in the local network")
                .orElse("mdns off");
    }

    private void send(ClientMessage message) throws InterruptedException {
        int _ = channel.send(message);
    }

    private static ProtocolFailure unexpected(ClientMessage message) {
        return new ProtocolFailure(ProtocolFailure.Kind.UNEXPECTED, "a request expected, not " + describe(message));
    }

    private static String describe(ClientMessage message) {
        return message instanceof Content(Bytes bytes)
                ? bytes.size() + " bytes of content"
                : message.getClass().getSimpleName();
    }

    /** Sends an object as it comes. */
    private final class ToClient implements ContentSink {
        @Override
        public void begin(Header header, int segmentBytes, long length) throws InterruptedException {
            send(new ObjectFound(
                    header.name(),
                    header.mediaType(),
                    header.sizeBytes(),
                    header.content(),
                    segmentBytes,
                    header.createdMillis(),
                    length));
        }

        @Override
        public void content(Bytes bytes) throws InterruptedException {
            send(new Content(bytes));
        }
    }
}
