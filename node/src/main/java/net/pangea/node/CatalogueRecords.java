package net.pangea.node;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.dht.ValueKeeper;
import net.pangea.holding.Pointers;
import net.pangea.kad.RecordRules;
import net.pangea.kad.RecordStore.Outcome;
import net.pangea.kad.ValueRecord;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;
import net.pangea.protocol.PeerMessage.Refusal;

/**
 * Owners' pointers to their catalogues as values of the DHT, under {@code /pangea-catalogue/} and the owner's 32 bytes. A node
 * keeps those of others in its store. Any task may call it; until it is opened nothing is kept and nothing is there.
 */
public final class CatalogueRecords implements ValueKeeper {
    private static final String NAMESPACE = "pangea-catalogue";

    private static final Bytes PREFIX = Bytes.wrap(("/" + NAMESPACE + "/").getBytes(StandardCharsets.US_ASCII));

    /** All values that nodes of ours keep. */
    public static final RecordRules RULES = RecordRules.PUBLIC_KEYS.with(NAMESPACE, new CatalogueRule());

    private final AtomicReference<Optional<Pointers>> pointers = new AtomicReference<>(Optional.empty());

    /** Begins to keep them. */
    public void open(Pointers opened) {
        pointers.set(Optional.of(opened));
    }

    /** {@return the key of an owner's pointer} */
    public static Bytes keyOf(OwnerId owner) {
        return new ByteWriter().raw(PREFIX).raw(owner.bytes()).toBytes();
    }

    /** {@return whose pointer stands under a key} */
    static Optional<OwnerId> ownerOf(Bytes key) {
        int size = PREFIX.size() + OwnerId.SIZE_BYTES;
        return key.size() == size && key.slice(0, PREFIX.size()).equals(PREFIX)
                ? Optional.of(new OwnerId(key.slice(PREFIX.size(), size)))
                : Optional.empty();
    }

    @Override
    public boolean keeps(Bytes key) {
        return ownerOf(key).isPresent();
    }

    @Override
    public Optional<Bytes> find(Bytes key) {
        Optional<OwnerId> owner = ownerOf(key);
        return owner.isEmpty()
                ? Optional.empty()
                : pointers.get().flatMap(kept -> kept.find(owner.get())).map(CataloguePointer::encode);
    }

    @Override
    public Outcome keep(Bytes key, Bytes value) throws InterruptedException {
        Optional<Pointers> opened = pointers.get();
        if (opened.isEmpty()) {
            return new Outcome.Declined("the node starts");
        }
        return switch (opened.get().keep(CataloguePointer.decode(value))) {
            case Pointers.Outcome.Kept() -> new Outcome.Stored();
            case Pointers.Outcome.Newer(CataloguePointer known) ->
                new Outcome.Outdated(new ValueRecord(key, known.encode(), ""));
            case Pointers.Outcome.Refused(Refusal _, String text) -> new Outcome.Declined(text);
        };
    }

    @Override
    public List<Bytes> keys() {
        return pointers.get().stream()
                .flatMap(kept -> kept.owners().stream())
                .map(CatalogueRecords::keyOf)
                .toList();
    }
}
