package net.pangea.holding;

import net.pangea.bytes.Sha256;

/** Says in the network that this node holds an object. Any task may call it. */
public interface Announcing {
    /** {@return whether somebody there knows it by now} */
    boolean announce(Sha256 object) throws InterruptedException;
}
