package net.pangea.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.IpAddress;

/** What stands behind a protocol in a multiaddr: its size, which bytes it may be, and their text. */
enum AddressValue {
    NONE(0, "no value"),
    IP4(4, "an IPv4 address such as 192.0.2.1"),
    IP6(16, "an IPv6 address such as 2001:db8::1"),
    PORT(2, "a port, 0 to 65535"),
    /** Not more than is told apart everywhere: a name from outside goes into logs and onto screens. */
    NAME(AddressValue.SIZED, "a name of 1 to 253 letters, digits and ASCII signs other than a slash"),
    PATH(AddressValue.SIZED, "a path whose slashes are written %2F"),
    PEER(AddressValue.SIZED, "a peer id such as 12D3KooW... or Qm..."),
    CERTIFICATE_HASH(AddressValue.SIZED, "the multihash of a certificate in a multibase, such as uEi...");

    /** A size that stands before the value. */
    static final int SIZED = -1;

    /** The longest name of a host (RFC 1035, section 2.3.4, in text). */
    private static final int NAME_BYTES_MAX = 253;

    private final int sizeBytes;
    private final String valid;

    AddressValue(int sizeBytes, String valid) {
        this.sizeBytes = sizeBytes;
        this.valid = valid;
    }

    /** {@return the size of every such value, or {@link #SIZED}} */
    int sizeBytes() {
        return sizeBytes;
    }

    /** {@return what such a value is, in words} */
    String valid() {
        return valid;
    }

    /** Requires that bytes of the right size are such a value. */
    void check(Bytes value) {
        switch (this) {
            case NONE, IP4, IP6, PORT -> {}
            case NAME -> checkName(value);
            case PATH -> {
                if (value.size() == 0) {
                    throw new MalformedBytes("an empty path");
                }
            }
            case PEER -> {
                var _ = new PeerId(value);
            }
            case CERTIFICATE_HASH -> {
                var _ = Multihash.decode(value);
            }
        }
    }

    private static void checkName(Bytes value) {
        if (value.size() < 1 || value.size() > NAME_BYTES_MAX) {
            throw new MalformedBytes("a name of " + value.size() + " bytes");
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.at(i) <= ' ' || value.at(i) > '~' || value.at(i) == '/') {
                throw new MalformedBytes("a name with the byte " + (value.at(i) & 0xff));
            }
        }
    }

    /** {@return the text of a value that was checked} */
    String text(Bytes value) {
        return switch (this) {
            case NONE -> "";
            case IP4, IP6 -> IpAddress.of(value.toArray()).toString();
            case PORT -> Integer.toString(port(value));
            case NAME -> new String(value.toArray(), StandardCharsets.US_ASCII);
            case PATH -> PercentText.of(value);
            case PEER -> new PeerId(value).toString();
            case CERTIFICATE_HASH -> Multibase.BASE64_URL.encode(value);
        };
    }

    /** {@return the value that a text spells} */
    Optional<Bytes> parse(String text) {
        Optional<Bytes> value = switch (this) {
            case NONE -> Optional.<Bytes>empty();
            case IP4, IP6 ->
                IpAddress.parse(text)
                        .map(address -> Bytes.wrap(address.toBytes()))
                        .filter(bytes -> bytes.size() == sizeBytes);
            case PORT -> parsePort(text);
            case NAME -> Optional.of(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
            case PATH -> PercentText.parse(text);
            case PEER -> PeerId.parse(text).map(PeerId::bytes);
            case CERTIFICATE_HASH -> Multibase.decode(text);
        };
        return value.filter(this::isOne);
    }

    static int port(Bytes value) {
        return ((value.at(0) & 0xff) << 8) | (value.at(1) & 0xff);
    }

    private static Optional<Bytes> parsePort(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
        return port <= 0xffff ? Optional.of(new ByteWriter().u16(port).toBytes()) : Optional.empty();
    }

    private boolean isOne(Bytes value) {
        try {
            check(value);
            return true;
        } catch (MalformedBytes e) {
            return false;
        }
    }
}
