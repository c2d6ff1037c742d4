package net.pangea.sim.experiment;

import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectFailure;

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
        if (!(object instanceof Stored(ObjectRef ref))) {
            throw new IllegalArgumentException("an object of another client: " + object.id());
        }
        try {
            return client.get(node, ref);
        } catch (ObjectFailure e) {
            throw failure(e);
        }
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
