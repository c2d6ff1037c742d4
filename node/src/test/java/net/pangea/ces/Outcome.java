package net.pangea.ces;

import java.util.Optional;
import java.util.function.Supplier;

/** What came of decoding: content, or the kind of a named failure. Any other exception goes through. */
record Outcome(Optional<byte[]> content, Optional<CesFailure.Kind> kind) {

    static Outcome of(Supplier<byte[]> decoding) {
        try {
            return new Outcome(Optional.of(decoding.get()), Optional.empty());
        } catch (CesFailure e) {
            return new Outcome(Optional.empty(), Optional.of(e.kind()));
        }
    }

    CesFailure.Kind failure() {
        return kind.orElseThrow(() -> new AssertionError("decoded, where a failure was expected"));
    }
}
