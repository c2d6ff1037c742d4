package net.pangea.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The libraries in C that this computer has, to compare with. */
record Peers(Optional<NativeZstd> zstd, Optional<NativeSodium> sodium, Optional<NativeIsal> isal) {

    static Peers find() {
        return new Peers(NativeZstd.find(), NativeSodium.find(), NativeIsal.find());
    }

    /** {@return the names of those that are missing, and so not measured} */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (zstd.isEmpty()) {
            missing.add(NativeZstd.FILE);
        }
        if (sodium.isEmpty()) {
            missing.add(NativeSodium.FILE);
        }
        if (isal.isEmpty()) {
            missing.add(NativeIsal.FILE);
        }
        return missing;
    }

    String describe() {
        List<String> found = new ArrayList<>();
        zstd.ifPresent(library -> found.add(library.name()));
        sodium.ifPresent(library -> found.add(library.name()));
        isal.ifPresent(_ -> found.add("ISA-L (" + NativeIsal.FILE + ")"));
        return found.isEmpty() ? "none" : String.join(", ", found);
    }
}
