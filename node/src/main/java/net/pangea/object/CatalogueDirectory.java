package net.pangea.object;

import java.util.Optional;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;

/** Where the network keeps owners' pointers to their catalogues: the DHT. Any task may call it. */
public interface CatalogueDirectory {

    /**
     * Has a pointer kept by the peers whose business it is.
     *
     * @return how many keep it now
     * @throws Outdated if one of them has a newer one
     * @throws ObjectFailure NOT_ENOUGH_PEERS if none of them took it
     */
    int publish(CataloguePointer pointer) throws InterruptedException, Outdated;

    /** {@return the newest pointer of an owner that is found, genuine, and how thoroughly it was looked for} */
    Found find(OwnerId owner) throws InterruptedException;

    /**
     * What was found.
     *
     * @param answered how many peers have answered
     * @param silent how many have not
     */
    record Found(Optional<CataloguePointer> pointer, int answered, int silent) {}

    /** A newer pointer is known than the one to be published. */
    final class Outdated extends Exception {
        private static final long serialVersionUID = 1L;

        public Outdated() {
            super("a newer catalogue is known", null, false, false);
        }
    }
}
