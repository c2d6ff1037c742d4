package net.pangea.node;

import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.RecordRule;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;

/**
 * What may stand under an owner's key: a pointer that this owner has signed, and nothing else. The one with the higher
 * sequence is the better one. Whether it has expired is left to those who keep it, who ask more than one clock.
 */
final class CatalogueRule implements RecordRule {
    @Override
    public Optional<String> problem(Bytes key, Bytes value, Instant now) {
        Optional<OwnerId> owner = CatalogueRecords.ownerOf(key);
        if (owner.isEmpty()) {
            return Optional.of("a key that names no owner");
        }
        if (value.size() != CataloguePointer.SIZE_BYTES) {
            return Optional.of("not the size of a catalogue pointer");
        }
        CataloguePointer pointer;
        try {
            pointer = CataloguePointer.decode(value);
        } catch (MalformedBytes e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (!pointer.owner().equals(owner.get())) {
            return Optional.of("the pointer of another owner");
        }
        return pointer.isGenuine() ? Optional.empty() : Optional.of("a pointer that its owner has not signed");
    }

    @Override
    public boolean supersedes(Bytes key, Bytes value, Bytes other) {
        return CataloguePointer.decode(value).supersedes(CataloguePointer.decode(other));
    }
}
