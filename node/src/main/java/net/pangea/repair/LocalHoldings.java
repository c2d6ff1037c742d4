package net.pangea.repair;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Bell;
import net.pangea.manifest.Lease;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.PeerMessage.HeldRange;

/** What this node itself holds, as far as repair must know. Any task may call it. */
public interface LocalHoldings {

    /**
     * {@return ids of objects of which at least a part of a column is held here: the smallest that are greater than
     * {@code after}, in order}
     *
     * @param limit how many at most
     */
    List<Sha256> objectsAfter(Sha256 after, int limit);

    /**
     * {@return where an object is to be looked for; nothing if nothing of it is held here}
     *
     * @implSpec reads what is held; better kept in memory, since every object is asked about in every scan
     */
    default Optional<Outline> outline(Sha256 object) {
        return Subject.of(this, object)
                .map(subject -> new Outline(
                        subject.manifest().placementKey(), subject.manifest().columns()));
    }

    /** {@return what is held here of an object; nothing if it is not known here, or known to be deleted} */
    Optional<Held> held(Sha256 object);

    /** {@return the index of a column of which at least a part is held here, if it is readable} */
    Optional<ColumnIndex> index(Sha256 object, int column);

    /** {@return the next finding of the scrubber or of a failed read, taken off its queue} */
    Optional<Damage> pollDamage();

    /** {@return what rings whenever {@link #pollDamage} may give more; it wakes the task that repairs, and no other waits} */
    Bell damageFound();

    /** Takes a lease of a higher sequence than the one known here, or a deletion. Its signature was verified. */
    void learn(Lease lease) throws InterruptedException;

    /**
     * What a scan has to know of every object.
     *
     * @param columns how many the object has
     */
    record Outline(Sha256 placementKey, int columns) {}

    /**
     * What is held of one object.
     *
     * @param manifest its exact bytes
     * @param sealedHeader its exact bytes
     * @param lease the newest known here
     * @param columns what is held, without shards that are known to be damaged
     */
    record Held(Bytes manifest, Bytes sealedHeader, Lease lease, List<HeldRange> columns) {
        public Held {
            columns = List.copyOf(columns);
        }
    }

    /** A shard held here that turned out to be unreadable or wrong. */
    record Damage(Sha256 object, int column, int segment) {}
}
