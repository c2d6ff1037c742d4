package net.pangea.libp2p.security;

import java.nio.ByteBuffer;

/**
 * The record layer of one secured connection: puts plaintext into records and takes it out again, in order. Each record
 * begins with a header that says how long it is.
 *
 * <p>One task seals and one task opens at a time; the two do not disturb each other.
 */
public interface Records {

    /** {@return how many bytes of a record are its header} */
    int headerBytes();

    /**
     * {@return the length of the record, header included, whose header is in {@code array} from {@code at} on}
     *
     * @throws SecurityFailure BAD_RECORD if there is no such record
     */
    int recordBytes(byte[] array, int at);

    /**
     * {@return the plaintext of the record of {@code size} bytes in {@code array} from {@code at} on, which may lie at the
     * very place of the record; it may be empty}
     *
     * @throws SecurityFailure BAD_RECORD
     */
    ByteBuffer open(byte[] array, int at, int size);

    /** {@return whether the last record opened said that no more plaintext follows} */
    boolean ended();

    /** {@return how many bytes of plaintext a record carries at most} */
    int plaintextMaxBytes();

    /** {@return how much room a record of {@code plaintextBytes} needs} */
    int sealedMaxBytes(int plaintextBytes);

    /**
     * Puts a record into {@code target} from its beginning on and returns its length. It takes bytes of {@code plaintext}, as a rule all; a
     * record of the protocol's own takes none.
     *
     * @param plaintext at most {@link #plaintextMaxBytes}
     * @throws SecurityFailure BAD_RECORD if no more records can be made
     */
    int seal(ByteBuffer plaintext, byte[] target);

    /** {@return whether the last record sealed, of which nobody has seen a byte, was taken back as if it had never been} */
    boolean takeBack();
}
