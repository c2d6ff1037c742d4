package net.pangea.store;

import net.pangea.bytes.Bytes;

/** What the store has under a name. */
public sealed interface Lookup {

    /** Its bytes, intact. */
    record Found(Bytes content) implements Lookup {}

    /** Nothing. */
    record Absent() implements Lookup {}

    /** It was there, but its bytes have rotted or cannot be read; it is put aside and no longer there. */
    record Damaged(String what) implements Lookup {}
}
