package net.pangea.multiformats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.Multiaddr.Component;

/** Reads the text of a multiaddr, {@code /protocol/value/protocol/...}, part after part. */
final class MultiaddrText {
    /** The longest text that is read: a byte of an address has three characters at most, in a path. */
    private static final int MAX_CHARS = 4 * Multiaddr.MAX_BYTES;

    /** How much of a wrong part a message repeats. */
    private static final int QUOTED_CHARS = 60;

    private static final String EXAMPLE =
            "an address begins with a slash and a protocol, such as /ip4/192.0.2.1/tcp/4001";

    private final String text;
    private final int end;
    private int at;

    private MultiaddrText(String text) {
        this.text = text;
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '/') {
            length--;
        }
        this.end = length;
    }

    static List<Component> parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new MalformedMultiaddr(
                    "an address of " + text.length() + " characters: it has at most " + MAX_CHARS, 1);
        }
        return new MultiaddrText(text).components();
    }

    private List<Component> components() {
        List<Component> components = new ArrayList<>();
        if (end == 0) {
            throw new MalformedMultiaddr("an empty address: " + EXAMPLE, 1);
        }
        if (text.charAt(0) != '/') {
            throw wrong(text.substring(0, end), 0, EXAMPLE);
        }
        while (at < end) {
            if (components.size() == Multiaddr.MAX_COMPONENTS) {
                int from = at + 1;
                throw wrong(next(), from, "an address has at most " + Multiaddr.MAX_COMPONENTS + " parts");
            }
            components.add(component());
        }
        return components;
    }

    private Component component() {
        int nameAt = at + 1;
        String name = next();
        Optional<AddressProtocol> found = AddressProtocol.named(name);
        if (found.isEmpty()) {
            throw wrong(name, nameAt, "it is no protocol; these are known: " + AddressProtocol.names());
        }
        AddressProtocol protocol = found.get();
        AddressValue value = protocol.value();
        if (value == AddressValue.NONE) {
            return new Component(protocol, Bytes.EMPTY);
        }
        if (at >= end) {
            throw wrong(name, nameAt, "behind it is missing " + value.valid());
        }
        int valueAt = at + 1;
        String spelt = next();
        return new Component(
                protocol, value.parse(spelt).orElseThrow(() -> wrong(spelt, valueAt, name + " has " + value.valid())));
    }

    /** Takes what stands between the slash at {@code at} and the next one. */
    private String next() {
        int from = at + 1;
        int slash = text.indexOf('/', from);
        at = slash < 0 || slash > end ? end : slash;
        return text.substring(from, at);
    }

    private MalformedMultiaddr wrong(String part, int index, String valid) {
        String cut = part.length() > QUOTED_CHARS ? part.substring(0, QUOTED_CHARS) + "..." : part;
        String quoted = cut.replaceAll("\\p{Cntrl}", "?");
        return new MalformedMultiaddr("\"" + quoted + "\" at character " + (index + 1) + ": " + valid, index + 1);
    }
}
