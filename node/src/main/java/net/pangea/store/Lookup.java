package net.pangea.store;

import net.pangea.bytes.Bytes;

/** What the store has under a name. */
public sealed interface Lookup {

    /** Its bytes, intact. */
    record Found(Bytes content) implements Lookup {}

    /** Nothing. */
    record Absent() implements Lookup {}

    /** Its bytes have rotted, and it was put aside; or they cannot be read now, and it is where it was. */
    record Damaged(String what) implements Lookup {}
}
