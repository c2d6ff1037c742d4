package net.pangea.kad;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;

/**
 * A value that is stored under a key: the protobuf message {@code Record{key = 1, value = 2, timeReceived = 5}} (libp2p,
 * kad-dht, "RPC messages"). What the value has to be for the key, a {@link RecordRule} says.
 *
 * @param timeReceived when the sender got it, as RFC 3339 writes times; whatever else the sender likes, or empty
 */
public record ValueRecord(Bytes key, Bytes value, String timeReceived) {
    /** A namespace and two hashes in text; implementations use them for less. */
    public static final int MAX_KEY_BYTES = 256;

    /** As IPNS has it for its records. With its key twice it fits every implementation's request. */
    public static final int MAX_VALUE_BYTES = 10 << 10;

    /** With nanoseconds and an offset it has 35 characters. */
    private static final int MAX_TIME_CHARS = 64;

    /** @throws IllegalArgumentException if something is too long */
    public ValueRecord {
        if (key.size() > MAX_KEY_BYTES || value.size() > MAX_VALUE_BYTES || timeReceived.length() > MAX_TIME_CHARS) {
            throw new IllegalArgumentException("a record with a key of " + key.size() + " bytes, a value of "
                    + value.size() + " and a time of " + timeReceived.length());
        }
    }

    /** {@return a record that got here now} */
    public static ValueRecord received(Bytes key, Bytes value, Instant now) {
        return new ValueRecord(key, value, now.toString());
    }

    /** {@return when it was received, if it says so} */
    public Optional<Instant> received() {
        try {
            return Optional.of(OffsetDateTime.parse(timeReceived).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    public Bytes encode() {
        ProtoWriter out = new ProtoWriter().bytes(1, key).bytes(2, value);
        return (timeReceived.isEmpty() ? out : out.text(5, timeReceived)).toBytes();
    }

    /**
     * {@return the record that these bytes are}
     *
     * @throws MalformedBytes if they are none, or something is too long
     */
    public static ValueRecord decode(Bytes encoded) {
        Bytes key = Bytes.EMPTY;
        Bytes value = Bytes.EMPTY;
        String time = "";
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.bytes();
                case 2 -> value = in.bytes();
                case 5 -> time = in.text();
                default -> {}
            }
        }
        try {
            return new ValueRecord(key, value, time);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytes(String.valueOf(e.getMessage()));
        }
    }
}
