package net.pangea.sim.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.pangea.machine.IpAddress;

/**
 * Writes the pcapng format (draft-ietf-opsawg-pcapng): one section, little-endian, whose interfaces carry IP packets
 * and give their times in nanoseconds.
 */
public final class PcapngWriter {

    /** Which way a packet passed an interface; the codes are those of {@code epb_flags} (section 4.3.1). */
    public enum Direction {
        INBOUND(1),
        OUTBOUND(2);

        private final int code;

        Direction(int code) {
            this.code = code;
        }
    }

    // Block types: sections 4.1, 4.2, 4.5 and 4.3.
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int NAME_RESOLUTION = 4;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int LENGTH_NOT_KNOWN = -1;

    /** Packets begin with their IPv4 or IPv6 header (draft-ietf-opsawg-pcaplinktype). */
    private static final int LINKTYPE_RAW = 101;

    private static final int END = 0;
    private static final int COMMENT = 1;
    private static final int SECTION_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_IPV4 = 4;
    private static final int INTERFACE_IPV6 = 5;
    private static final int INTERFACE_TIME_RESOLUTION = 9;
    private static final int PACKET_FLAGS = 2;
    private static final int NAME_OF_IPV4 = 1;
    private static final int NAME_OF_IPV6 = 2;

    /** The negative power of ten, of a second, that times count: nanoseconds. */
    private static final byte NANOSECONDS = 9;

    /** An interface of its own each: no other address is in its network. */
    private static final int IPV4_MASK = -1;

    private static final byte IPV6_PREFIX = (byte) 128;

    /** What options and names can say; their lengths have sixteen bits (section 3.5). */
    private static final int TEXT_BYTES_MAX = 65_535 - 17;

    /** The largest packet or two texts, and what stands around them. */
    private static final int BLOCK_BYTES_MAX = 3 * 65_536;

    private final OutputStream out;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private int interfaces;

    /**
     * Begins the section.
     *
     * @param out stays the caller's to close
     */
    public PcapngWriter(OutputStream out, String application, String comment) throws IOException {
        this.out = out;
        begin(SECTION_HEADER);
        block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(LENGTH_NOT_KNOWN);
        option(COMMENT, text(comment));
        option(SECTION_APPLICATION, text(application));
        option(END);
        end();
    }

    /** {@return the number of a new interface} */
    public int addInterface(String name, IpAddress address) throws IOException {
        begin(INTERFACE_DESCRIPTION);
        block.putShort((short) LINKTYPE_RAW).putShort((short) 0).putInt(0); // packets of any length
        option(INTERFACE_NAME, text(name));
        switch (address) {
            case IpAddress.V4 v4 ->
                option(
                        INTERFACE_IPV4,
                        ByteBuffer.allocate(8)
                                .put(v4.toBytes())
                                .putInt(IPV4_MASK)
                                .array());
            case IpAddress.V6 v6 ->
                option(
                        INTERFACE_IPV6,
                        ByteBuffer.allocate(17)
                                .put(v6.toBytes())
                                .put(IPV6_PREFIX)
                                .array());
        }
        option(INTERFACE_TIME_RESOLUTION, NANOSECONDS);
        option(END);
        end();
        return interfaces++;
    }

    /** Names an address, for all packets that follow. */
    public void name(IpAddress address, String name) throws IOException {
        byte[] spelled = text(name);
        byte[] octets = address.toBytes();
        byte[] value = ByteBuffer.allocate(octets.length + spelled.length + 1)
                .put(octets)
                .put(spelled)
                .array(); // and a zero, which ends the name
        begin(NAME_RESOLUTION);
        option(
                switch (address) {
                    case IpAddress.V4 _ -> NAME_OF_IPV4;
                    case IpAddress.V6 _ -> NAME_OF_IPV6;
                },
                value);
        option(END);
        end();
    }

    /**
     * Adds a packet.
     *
     * @param nanos since 1970
     */
    public void packet(int onInterface, long nanos, Direction direction, ByteBuffer packet) throws IOException {
        int bytes = packet.remaining();
        begin(ENHANCED_PACKET);
        block.putInt(onInterface)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos)
                .putInt(bytes)
                .putInt(bytes)
                .put(packet.duplicate());
        pad();
        block.putShort((short) PACKET_FLAGS).putShort((short) Integer.BYTES).putInt(direction.code);
        option(END);
        end();
    }

    private void begin(int type) {
        block.clear().putInt(type).putInt(0); // its length is filled in at its end
    }

    private void end() throws IOException {
        int length = block.position() + Integer.BYTES;
        block.putInt(length).putInt(Integer.BYTES, length);
        out.write(block.array(), 0, length);
    }

    private void option(int code, byte... value) {
        block.putShort((short) code).putShort((short) value.length).put(value);
        pad();
    }

    private void pad() {
        while (block.position() % Integer.BYTES != 0) {
            block.put((byte) 0);
        }
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > TEXT_BYTES_MAX) {
            throw new IllegalArgumentException("a text of " + bytes.length + " octets does not fit into an option");
        }
        return bytes;
    }
}
