package net.pangea.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Text forms of addresses: RFC 4291 section 2.2 read, RFC 5952 section 4 written. No name is looked up. */
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static Optional<byte[]> parse(String text) {
        return text.contains(":") ? parseV6(text) : parseV4(text);
    }

    private static Optional<byte[]> parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
                return Optional.empty();
            }
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(octets);
    }

    private static Optional<byte[]> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(groups -> groups.size() == GROUPS).map(IpText::octets);
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head = groups(text.substring(0, gap));
        Optional<List<Integer>> tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() >= GROUPS) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        while (all.size() + tail.get().size() < GROUPS) {
            all.add(0);
        }
        all.addAll(tail.get());
        return Optional.of(octets(all));
    }

    /** Colon-separated groups; the last may be a dotted quad, which counts as two. */
    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].contains(".")) {
                Optional<byte[]> quad = parseV4(parts[i]);
                if (quad.isEmpty()) {
                    return Optional.empty();
                }
                byte[] octets = quad.get();
                groups.add((octets[0] & 0xff) << 8 | (octets[1] & 0xff));
                groups.add((octets[2] & 0xff) << 8 | (octets[3] & 0xff));
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static byte[] octets(List<Integer> groups) {
        byte[] octets = new byte[16];
        for (int i = 0; i < GROUPS; i++) {
            octets[2 * i] = (byte) (groups.get(i) >>> 8);
            octets[2 * i + 1] = (byte) (int) groups.get(i);
        }
        return octets;
    }

    static String format(byte[] octets) {
        int[] groups = new int[GROUPS];
        Arrays.setAll(groups, i -> (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff));
        int gapStart = -1;
        int gapLength = 1; // a single zero group is not shortened
        for (int i = 0; i < GROUPS; ) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
            i = Math.max(end, i + 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; ) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i++]));
            }
        }
        return text.toString();
    }
}
