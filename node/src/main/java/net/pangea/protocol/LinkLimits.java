package net.pangea.protocol;

/**
 * How many connections to other nodes {@link PeerLinks} keeps and uses.
 *
 * @param idlePerPeer to one peer, kept for the next request
 * @param idleTotal to all peers, kept for the next request
 * @param busyPerPeer requests to one peer at the same time; more wait
 */
public record LinkLimits(int idlePerPeer, int idleTotal, int busyPerPeer) {

    /** The columns of a few segments go to a peer at once; what is kept is far below what a process may open. */
    public static final LinkLimits DEFAULT = new LinkLimits(4, 128, 16);

    /** {@return the same, or less where so many are kept at most} */
    public LinkLimits keeping(int most) {
        int total = Math.min(idleTotal, most);
        return new LinkLimits(Math.min(idlePerPeer, total), total, busyPerPeer);
    }

    public LinkLimits {
        if (idlePerPeer < 0 || idleTotal < idlePerPeer || busyPerPeer < 1) {
            throw new IllegalArgumentException("idlePerPeer is not negative, idleTotal not less, busyPerPeer positive");
        }
    }
}
