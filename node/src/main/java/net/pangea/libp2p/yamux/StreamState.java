package net.pangea.libp2p.yamux;

import net.pangea.libp2p.yamux.YamuxEnd.Reason;

/**
 * How far a stream has come: each event gives the next state. Immutable.
 *
 * @param isLeft whether its user has closed or reset it, and is told nothing but that from then on
 */
record StreamState(Input input, Output output, boolean isLeft) {
    static final StreamState OPEN = new StreamState(Input.OPEN, Output.OPEN, false);

    /** The direction towards this side. */
    enum Input {
        OPEN,
        /** The other side has ended it; what came before may still be read. */
        ENDED,
        /** The user has gone and the other side has not ended it: who now sends is told to stop. */
        DROPPED,
        BROKEN
    }

    /** The direction towards the other side. */
    enum Output {
        OPEN,
        ENDED,
        BROKEN
    }

    /** {@return whether neither side will send more} */
    boolean isOver() {
        return output != Output.OPEN && (input == Input.ENDED || input == Input.BROKEN);
    }

    /** {@return whether data that comes now is nobody's, so that the stream is to be reset} */
    boolean isUnwanted() {
        return input == Input.DROPPED;
    }

    /** Data comes, at least a byte. */
    void requireNotEnded(int stream) {
        if (input == Input.ENDED) {
            throw new YamuxFailure(
                    Reason.DATA_AFTER_END, "data on stream " + Integer.toUnsignedString(stream) + " after its end");
        }
    }

    /** The other side has ended its output. To be told so twice is harmless. */
    StreamState inputEnds() {
        return input == Input.BROKEN ? this : new StreamState(Input.ENDED, output, isLeft);
    }

    /** The other side has reset the stream, or this side has for a reason of its own; an input that was complete stays so. */
    StreamState breaks() {
        return new StreamState(input == Input.ENDED ? Input.ENDED : Input.BROKEN, Output.BROKEN, isLeft);
    }

    /** The user ends the output. */
    StreamState outputEnds() {
        return output == Output.OPEN ? new StreamState(input, Output.ENDED, isLeft) : this;
    }

    /** The user closes both directions. */
    StreamState closes() {
        return new StreamState(
                input == Input.OPEN ? Input.DROPPED : input, output == Output.OPEN ? Output.ENDED : output, true);
    }

    /** The user resets it. */
    StreamState resets() {
        return new StreamState(Input.BROKEN, Output.BROKEN, true);
    }
}
