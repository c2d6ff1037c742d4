package net.pangea.bench;

import net.pangea.ces.ContentType;

/** An object to store. The bytes are shared, and nobody writes to them. */
final class Content {
    private final String name;
    private final byte[] bytes;

    /** An object that {@code name} tells from others in tables. */
    Content(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    String name() {
        return name + ", level " + level();
    }

    byte[] bytes() {
        return bytes;
    }

    /** {@return the zstd level that the product takes for it} */
    int level() {
        return ContentType.of(bytes).compressionLevel();
    }
}
