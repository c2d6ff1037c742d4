package net.pangea.sim.experiment;

import java.time.Duration;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Endpoint;

/**
 * A user's way to a node, over the client machine's network. A failed call is a {@link StorageFailure}; calls wait as
 * long as the node lets them, so put a deadline around.
 */
public interface StorageClient {

    /** What a node gave for stored content; it reads it back. */
    interface Handle {

        /** {@return the object's name in the events of nodes} */
        String id();

        /** {@return the key of the DHT near which it is held} */
        Bytes placement();
    }

    /**
     * The nodes closest to a key, as a node finds them.
     *
     * @param peers their ids
     * @param hops after how many requests, one after the other, the last of them was found
     */
    record Closest(List<String> peers, int hops) {
        public Closest {
            peers = List.copyOf(peers);
        }
    }

    /** {@return the nodes of the DHT closest to a key, as {@code node} finds them} */
    Closest closest(Endpoint node, byte[] key) throws InterruptedException;

    /** {@return the ids of peers that say in the DHT that they hold what is stored, as {@code node} finds them} */
    List<String> providers(Endpoint node, Handle object) throws InterruptedException;

    /** Stores {@code content} and returns once it is acknowledged. */
    Handle put(Endpoint node, String name, byte[] content) throws InterruptedException;

    /** {@return what is stored} */
    byte[] get(Endpoint node, Handle object) throws InterruptedException;

    /** {@return {@code length} bytes of what is stored, from {@code offset} on} */
    byte[] range(Endpoint node, Handle object, long offset, int length) throws InterruptedException;

    /** Deletes what is stored, through the node that put it, and returns once that is acknowledged. */
    void delete(Endpoint owner, Handle object) throws InterruptedException;

    /** Asks, through the node that put it, that it be kept for {@code keep} from now. */
    void renew(Endpoint owner, Handle object, Duration keep) throws InterruptedException;
}
