package net.pangea.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * A name in the DNS, in lower case, since case means nothing (RFC 1035, section 2.3.3). Bytes beyond ASCII are kept, as the
 * characters of ISO 8859-1 of the same number.
 *
 * @param labels from the particular to the general, each of 1 to 63 bytes; with their lengths at most 255 bytes
 */
record DnsName(List<String> labels) {
    private static final int MAX_LABEL_BYTES = 63;
    private static final int MAX_BYTES = 255;
    private static final int POINTER = 0xc0;

    DnsName {
        labels = labels.stream().map(DnsName::lowerCase).toList();
        int bytes = 1;
        for (String label : labels) {
            if (label.isEmpty()
                    || label.length() > MAX_LABEL_BYTES
                    || label.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException("a label has 1 to " + MAX_LABEL_BYTES + " bytes: \"" + label + '"');
            }
            bytes += 1 + label.length();
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a name has at most " + MAX_BYTES + " bytes, not " + bytes);
        }
    }

    /** ASCII letters only, as the DNS compares. */
    private static String lowerCase(String label) {
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }

    /** {@return the name that is written with dots between its labels} */
    static DnsName of(String text) {
        return new DnsName(List.of(text.split("\\.", -1)));
    }

    /** {@return this name below another} */
    static DnsName below(String label, DnsName parent) {
        List<String> labels = new ArrayList<>();
        labels.add(label);
        labels.addAll(parent.labels);
        return new DnsName(labels);
    }

    /** {@return whether this is a name right below another} */
    boolean isBelow(DnsName parent) {
        return labels.size() == parent.labels.size() + 1
                && labels.subList(1, labels.size()).equals(parent.labels);
    }

    void write(ByteWriter out) {
        for (String label : labels) {
            byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
            out.u8(bytes.length).raw(Bytes.wrap(bytes));
        }
        out.u8(0);
    }

    /**
     * Reads a name that begins where {@code in} is and may go on at earlier places of the message (RFC 1035, section 4.1.4).
     * Each pointer has to lead further back than the last, so it ends.
     *
     * @param message all of it
     * @throws MalformedBytes if there is none
     */
    static DnsName read(Bytes message, ByteReader in) {
        List<String> labels = new ArrayList<>();
        int bytes = 1;
        int before = message.size() - in.remaining();
        ByteReader at = in;
        while (true) {
            int length = at.u8();
            if (length == 0) {
                return new DnsName(labels);
            }
            if (length >= POINTER) {
                int target = (length & 0x3f) << Byte.SIZE | at.u8();
                if (target >= before) {
                    throw new MalformedBytes("a name that goes on at byte " + target + ", not before byte " + before);
                }
                before = target;
                at = new ByteReader(message.slice(target, message.size()));
            } else if (length <= MAX_LABEL_BYTES) {
                bytes += 1 + length;
                if (bytes > MAX_BYTES) {
                    throw new MalformedBytes("a name of more than " + MAX_BYTES + " bytes");
                }
                labels.add(new String(at.raw(length).toArray(), StandardCharsets.ISO_8859_1));
            } else {
                throw new MalformedBytes("a label of an unknown kind: " + length);
            }
        }
    }

    @Override
    public String toString() {
        return String.join(".", labels);
    }
}
