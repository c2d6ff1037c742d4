package net.pangea.sim.experiment;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.manifest.Header;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ContentSink;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectFailure;
import net.pangea.protocol.ClientMessage.LookedUp;

/** Users of Pangea's own nodes: {@link ObjectClient} behind the face that experiments know. */
public final class NodeStorage implements StorageClient {
    private final ObjectClient client;

    private NodeStorage(Machine machine) {
        this.client = new ObjectClient(machine);
    }

    /** {@return a user's client on {@code machine}} */
    public static StorageClient on(Machine machine) {
        return new NodeStorage(machine);
    }

    private record Stored(ObjectRef ref) implements Handle {
        @Override
        public String id() {
            return ref.id().toString();
        }

        @Override
        public Bytes placement() {
            return ref.placementKey().bytes();
        }
    }

    @Override
    public Closest closest(Endpoint node, byte[] key) throws InterruptedException {
        try {
            LookedUp found = client.lookUp(node, Bytes.copyOf(key));
            return new Closest(found.peers(), found.hops());
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    @Override
    public List<String> providers(Endpoint node, Handle object) throws InterruptedException {
        try {
            return client.providers(node, refOf(object).id()).peers();
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    @Override
    public Handle put(Endpoint node, String name, byte[] content) throws InterruptedException {
        try {
            return new Stored(client.put(node, name, content).ref());
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    @Override
    public byte[] get(Endpoint node, Handle object) throws InterruptedException {
        try {
            return client.get(node, refOf(object));
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    @Override
    public byte[] range(Endpoint node, Handle object, long offset, int length) throws InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            client.get(node, refOf(object), new Range(offset, length), new ContentSink() {
                @Override
                public void begin(Header header, int segmentBytes, long announced) {}

                @Override
                public void content(Bytes bytes) {
                    content.writeBytes(bytes.toArray());
                }
            });
        } catch (ObjectFailure e) {
            throw failure(e);
        }
        return content.toByteArray();
    }

    @Override
    public void delete(Endpoint owner, Handle object) throws InterruptedException {
        try {
            var _ = client.delete(owner, refOf(object).id());
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    @Override
    public void renew(Endpoint owner, Handle object, Duration keep) throws InterruptedException {
        try {
            var _ = client.renew(owner, refOf(object).id(), keep);
        } catch (ObjectFailure e) {
            throw failure(e);
        }
    }

    private static ObjectRef refOf(Handle object) {
        if (object instanceof Stored(ObjectRef ref)) {
            return ref;
        }
        throw new IllegalArgumentException("an object of another client: " + object.id());
    }

    private static StorageFailure failure(ObjectFailure failure) {
        StorageFailure.Kind kind = switch (failure.kind()) {
            case NODE_UNREACHABLE, NODE_SILENT, NODE_BROKEN -> StorageFailure.Kind.UNREACHABLE;
            case NOT_ENOUGH_PEERS,
                    NOT_ENOUGH_SHARDS,
                    UNKNOWN_OBJECT,
                    WRONG_KEY,
                    TOO_LARGE,
                    REFUSED_FULL,
                    DAMAGED_OBJECT,
                    QUOTA_EXCEEDED,
                    OWNER_NOT_ACCEPTED,
                    SOURCE_CHANGED,
                    DELETED,
                    BAD_RANGE,
                    NO_CATALOGUE,
                    UNREADABLE_SOURCE,
                    UNWRITABLE_DESTINATION,
                    BAD_REPLY -> StorageFailure.Kind.REFUSED;
        };
        return new StorageFailure(kind, failure.kind() + ": " + failure.getMessage());
    }
}
