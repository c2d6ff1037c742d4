package net.pangea.ces;

import jdk.incubator.vector.ByteVector;

/**
 * Which vectors this JVM computes with; the one place that asks.
 *
 * <p>The Vector API is an incubator module, there only in a JVM started with {@code --add-modules
 * jdk.incubator.vector}. Without it no class that names a vector is ever loaded.
 */
final class Vectors {
    /** The narrowest width that is worth using. */
    static final int BITS_MIN = 128;

    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Vectors() {}

    static boolean arePresent() {
        return PRESENT;
    }

    /**
     * {@return code for vectors of {@code declaredBits}, or of as many as this JVM has if they are fewer} Wider
     * ones would be computed by objects instead of instructions.
     */
    static Lanes lanes(int declaredBits) {
        int bits = Math.min(declaredBits, Widest.BITS);
        if (bits >= 512) {
            return Lanes512.INSTANCE;
        }
        return bits >= 256 ? Lanes256.INSTANCE : Lanes128.INSTANCE;
    }

    /** A class of its own: to look loads a hundred classes, too much for who never codes a large shard. */
    private static final class Widest {
        private static final int BITS = ByteVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
