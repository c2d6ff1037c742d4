package net.pangea.dht;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.kad.RecordStore;

/**
 * Keeps others' values of some keys where they outlive a restart, for as long as it thinks right. The DHT keeps all others in
 * memory, for {@link RecordStore#EXPIRY}. Any task may call it.
 */
public interface ValueKeeper {
    /** Of a node that keeps all in memory. */
    ValueKeeper NONE = new ValueKeeper() {
        @Override
        public boolean keeps(Bytes key) {
            return false;
        }

        @Override
        public Optional<Bytes> find(Bytes key) {
            return Optional.empty();
        }

        @Override
        public RecordStore.Outcome keep(Bytes key, Bytes value) {
            throw new IllegalArgumentException("not a key that is kept here: " + key);
        }

        @Override
        public List<Bytes> keys() {
            return List.of();
        }
    };

    /** {@return whether values of this key are its business} It depends on nothing but the key. */
    boolean keeps(Bytes key);

    /** {@return the value of one of its keys, if it has one} */
    Optional<Bytes> find(Bytes key);

    /**
     * Keeps a value that is valid by the rules of its namespace, unless a better one is here; durable when it returns.
     *
     * @return {@code Stored}, {@code Outdated} or {@code Declined}
     */
    RecordStore.Outcome keep(Bytes key, Bytes value) throws InterruptedException;

    /** {@return the keys of all values that it has, a bounded number} */
    List<Bytes> keys();
}
