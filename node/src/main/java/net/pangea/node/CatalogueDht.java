package net.pangea.node;

import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;
import net.pangea.object.CatalogueDirectory;
import net.pangea.object.ObjectFailure;

/** The DHT as the directory of catalogues. Any task may call it. */
final class CatalogueDht implements CatalogueDirectory {
    private final Dht dht;

    CatalogueDht(Dht dht) {
        this.dht = dht;
    }

    @Override
    public int publish(CataloguePointer pointer) throws InterruptedException, Outdated {
        try {
            return dht.put(CatalogueRecords.keyOf(pointer.owner()), pointer.encode());
        } catch (DhtFailure e) {
            switch (e.kind()) {
                case OUTDATED -> throw new Outdated();
                case NO_PEERS, NOT_STORED ->
                    throw new ObjectFailure(
                            ObjectFailure.Kind.NOT_ENOUGH_PEERS,
                            "catalogue number " + pointer.sequence() + " is stored, but nobody keeps where it is: "
                                    + e.getMessage() + "; it is tried again");
                case INVALID -> throw new IllegalStateException("a pointer of our own", e);
            }
            throw e;
        }
    }

    @Override
    public Found find(OwnerId owner) throws InterruptedException {
        Dht.FoundValue found = dht.find(CatalogueRecords.keyOf(owner));
        return new Found(found.value().map(CataloguePointer::decode), found.answered(), found.silent());
    }
}
