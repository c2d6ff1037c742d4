package net.pangea.mdns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * A message of multicast DNS (RFC 1035, section 4; RFC 6762, section 18):
 *
 * <pre>
 * u16 id | u16 flags | u16 questions | u16 answers | u16 authorities | u16 additionals
 * question  name | u16 type | u16 class
 * record    name | u16 type | u16 class | u32 seconds | u16 length | data: PTR a name, TXT strings after their u8 length
 * </pre>
 *
 * @param response whether it answers
 * @param asked names whose pointers are wanted, by questions of type PTR or any
 * @param answers what it says
 * @param additionals what may be of use with it
 */
record DnsMessage(boolean response, List<DnsName> asked, List<DnsRecord> answers, List<DnsRecord> additionals) {
    /** The longest message, with its headers (RFC 6762, section 17). */
    static final int MAX_BYTES = 9_000;

    /** Questions and records of one message. One that fills the largest packet with the shortest pointers has more, to no use. */
    static final int MAX_ENTRIES = 256;

    private static final int TYPE_PTR = 12;
    private static final int TYPE_TXT = 16;
    private static final int TYPE_ANY = 255;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    /** In front of a class: answer to me alone, or forget what others have said. Neither makes a difference here. */
    private static final int CLASS_MASK = 0x7fff;

    private static final int FLAG_RESPONSE = 0x8000;
    private static final int FLAG_AUTHORITATIVE = 0x0400;
    /** Kind of question and of failure: only 0 is of multicast DNS (RFC 6762, sections 18.3 and 18.11). */
    private static final int FLAGS_OTHER = 0x780f;

    DnsMessage {
        asked = List.copyOf(asked);
        answers = List.copyOf(answers);
        additionals = List.copyOf(additionals);
    }

    static DnsMessage question(DnsName name) {
        return new DnsMessage(false, List.of(name), List.of(), List.of());
    }

    static DnsMessage response(DnsRecord answer, List<DnsRecord> additionals) {
        return new DnsMessage(true, List.of(), List.of(answer), additionals);
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.u16(0).u16(response ? FLAG_RESPONSE | FLAG_AUTHORITATIVE : 0);
        out.u16(asked.size()).u16(answers.size()).u16(0).u16(additionals.size());
        for (DnsName name : asked) {
            name.write(out);
            out.u16(TYPE_PTR).u16(CLASS_IN);
        }
        answers.forEach(record -> write(out, record));
        additionals.forEach(record -> write(out, record));
        return out.toBytes();
    }

    private static void write(ByteWriter out, DnsRecord record) {
        record.name().write(out);
        ByteWriter data = new ByteWriter();
        switch (record) {
            case DnsRecord.Pointer(DnsName _, long seconds, DnsName target) -> {
                target.write(data);
                out.u16(TYPE_PTR).u16(CLASS_IN).u32(seconds);
            }
            case DnsRecord.Text(DnsName _, long seconds, List<Bytes> strings) -> {
                strings.forEach(string -> data.u8(string.size()).raw(string));
                out.u16(TYPE_TXT).u16(CLASS_IN).u32(seconds);
            }
        }
        Bytes written = data.toBytes();
        out.u16(written.size()).raw(written);
    }

    /**
     * {@return what a message says, as far as it is looked at}
     *
     * @throws MalformedBytes if it is none, of another kind, or longer than is taken
     */
    static DnsMessage decode(Bytes bytes) {
        if (bytes.size() > MAX_BYTES) {
            throw new MalformedBytes("a message of more than " + MAX_BYTES + " bytes");
        }
        ByteReader in = new ByteReader(bytes);
        int _ = in.u16();
        int flags = in.u16();
        if ((flags & FLAGS_OTHER) != 0) {
            throw new MalformedBytes("not multicast DNS: flags " + Integer.toHexString(flags));
        }
        int questions = in.u16();
        int answers = in.u16();
        int authorities = in.u16();
        int additionals = in.u16();
        if (questions + answers + authorities + additionals > MAX_ENTRIES) {
            throw new MalformedBytes("a message of more than " + MAX_ENTRIES + " questions and records");
        }
        List<DnsName> asked = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            question(bytes, in).ifPresent(asked::add);
        }
        List<DnsRecord> said = records(bytes, in, answers);
        List<DnsRecord> _ = records(bytes, in, authorities);
        return new DnsMessage((flags & FLAG_RESPONSE) != 0, asked, said, records(bytes, in, additionals));
    }

    private static Optional<DnsName> question(Bytes message, ByteReader in) {
        DnsName name = DnsName.read(message, in);
        int type = in.u16();
        int wanted = in.u16() & CLASS_MASK;
        return (type == TYPE_PTR || type == TYPE_ANY) && (wanted == CLASS_IN || wanted == CLASS_ANY)
                ? Optional.of(name)
                : Optional.empty();
    }

    private static List<DnsRecord> records(Bytes message, ByteReader in, int count) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DnsName name = DnsName.read(message, in);
            int type = in.u16();
            int of = in.u16() & CLASS_MASK;
            long seconds = in.u32();
            int length = in.u16();
            int begin = message.size() - in.remaining();
            Bytes data = in.raw(length);
            if (of == CLASS_IN && type == TYPE_PTR) {
                records.add(new DnsRecord.Pointer(name, seconds, target(message.slice(0, begin + length), begin)));
            } else if (of == CLASS_IN && type == TYPE_TXT) {
                records.add(new DnsRecord.Text(name, seconds, strings(data)));
            }
        }
        return records;
    }

    /** @param message up to the end of the data, which holds the name and nothing else */
    private static DnsName target(Bytes message, int begin) {
        ByteReader in = new ByteReader(message.slice(begin, message.size()));
        DnsName target = DnsName.read(message, in);
        in.end();
        return target;
    }

    private static List<Bytes> strings(Bytes data) {
        ByteReader in = new ByteReader(data);
        List<Bytes> strings = new ArrayList<>();
        do {
            strings.add(in.raw(in.u8()));
        } while (in.remaining() > 0);
        return strings;
    }
}
