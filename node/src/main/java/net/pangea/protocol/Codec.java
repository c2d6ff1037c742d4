package net.pangea.protocol;

import net.pangea.bytes.Bytes;

/**
 * The bytes of the messages of one conversation: what a frame contains.
 *
 * @param <M> the messages
 */
public interface Codec<M> {

    /**
     * {@return the content of the frame that carries {@code message}, of at most {@link Limits#MAX_FRAME_BYTES}}
     *
     * @throws IllegalArgumentException if the message is not within the bounds that {@link #decode} keeps
     */
    Bytes encode(M message);

    /**
     * {@return the message that a frame's content is}
     *
     * @throws ProtocolFailure MALFORMED, whatever the bytes are, if they are none
     */
    M decode(Bytes content);
}
