package net.pangea.store;

import net.pangea.machine.Event;

/**
 * A store was opened.
 *
 * @param shards shards it holds
 * @param manifests manifests it holds
 * @param quarantined damaged entries that were put aside while opening it
 * @param unfinished writes cut off by a crash that were removed
 */
public record StoreRecovered(long shards, long manifests, long quarantined, long unfinished) implements Event {
    public static final String NAME = "store-recovered";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Fields fields) {
        fields.number("shards", shards);
        fields.number("manifests", manifests);
        fields.number("quarantined", quarantined);
        fields.number("unfinished", unfinished);
    }
}
