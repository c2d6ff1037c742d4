package net.pangea.machine;

/**
 * What a machine can do, declared by the machine and never probed by a node, so that in simulation a seed's
 * bytes do not depend on the host.
 *
 * @param cores processors the node may use
 * @param memoryBytes memory the node may use
 * @param vectorBits width of the widest vectors worth using: 0 (none), 128, 256 or 512
 * @param aes whether the processor encrypts AES and multiplies for GCM itself
 * @param simulated whether this is the simulator's: connections may then be left unencrypted
 */
public record Capabilities(int cores, long memoryBytes, int vectorBits, boolean aes, boolean simulated) {

    public Capabilities {
        if (cores < 1 || memoryBytes < 1 || vectorBits < 0) {
            throw new IllegalArgumentException("cores and memory are positive, vectorBits not negative");
        }
    }

    /** The capabilities of a real machine. */
    public Capabilities(int cores, long memoryBytes, int vectorBits, boolean aes) {
        this(cores, memoryBytes, vectorBits, aes, false);
    }
}
