package net.pangea.sim.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the TCP packets over IPv4 of a capture back, in a line each; numbers of sequences count from their SYN's. */
final class Sniffer {
    private static final int ENHANCED_PACKET = 6;
    private static final String FLAGS = "FSRPA";

    private final Map<String, Integer> firstSequences = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Sniffer() {}

    /** {@return for each packet its time, interface, direction, ports, flags, sequence, acknowledgment, window, length} */
    static List<String> read(byte... capture) {
        Sniffer sniffer = new Sniffer();
        ByteBuffer blocks = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        while (blocks.hasRemaining()) {
            int length = blocks.getInt(blocks.position() + 4);
            if (blocks.getInt(blocks.position()) == ENHANCED_PACKET) {
                sniffer.packet(blocks.slice(blocks.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            }
            blocks.position(blocks.position() + length);
        }
        return sniffer.lines;
    }

    private void packet(ByteBuffer block) {
        int bytes = block.getInt(20);
        ByteBuffer packet = block.slice(28, bytes); // big-endian
        String forth = side(packet, 12, 20) + ">" + side(packet, 16, 22);
        String back = side(packet, 16, 22) + ">" + side(packet, 12, 20);
        int sequence = packet.getInt(24);
        int flags = packet.get(33);
        if ((flags & 2) != 0) {
            firstSequences.put(forth, sequence);
        }
        StringBuilder line = new StringBuilder()
                .append(block.getInt(16))
                .append(block.getInt(28 + (bytes + 3) / 4 * 4 + 4) == 1 ? " in " : " out ")
                .append(block.getInt(8))
                .append(' ')
                .append(packet.getShort(20) & 0xffff)
                .append('>')
                .append(packet.getShort(22) & 0xffff)
                .append(' ');
        for (int i = 0; i < FLAGS.length(); i++) {
            if ((flags & 1 << i) != 0) {
                line.append(FLAGS.charAt(i));
            }
        }
        line.append(" seq ").append(sequence - firstSequences.getOrDefault(forth, sequence));
        if ((flags & 16) != 0) {
            line.append(" ack ").append(packet.getInt(28) - firstSequences.getOrDefault(back, packet.getInt(28)));
        }
        int header = 20 + (packet.get(32) >>> 4 & 0xf) * 4;
        lines.add(line.append(" win ")
                .append(packet.getShort(34) & 0xffff)
                .append(" len ")
                .append(bytes - header)
                .toString());
    }

    private static String side(ByteBuffer packet, int address, int port) {
        return Integer.toHexString(packet.getInt(address)) + ":" + packet.getShort(port);
    }
}
