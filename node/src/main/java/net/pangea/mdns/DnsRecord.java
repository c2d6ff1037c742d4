package net.pangea.mdns;

import java.util.List;
import net.pangea.bytes.Bytes;

/** What a message tells, of the types that are looked at. */
sealed interface DnsRecord {
    DnsName name();

    /**
     * One name points to another: PTR.
     *
     * @param ttlSeconds how long it is true
     */
    record Pointer(DnsName name, long ttlSeconds, DnsName target) implements DnsRecord {}

    /**
     * Something is said of a name: TXT.
     *
     * @param strings at least one, each of at most 255 bytes
     */
    record Text(DnsName name, long ttlSeconds, List<Bytes> strings) implements DnsRecord {
        static final int MAX_STRING_BYTES = 255;

        public Text {
            strings = List.copyOf(strings);
            if (strings.isEmpty()) {
                throw new IllegalArgumentException("a text has at least one string");
            }
            for (Bytes string : strings) {
                if (string.size() > MAX_STRING_BYTES) {
                    throw new IllegalArgumentException("a string of " + string.size() + " bytes");
                }
            }
        }
    }
}
