package net.pangea.sim.host;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import net.pangea.sim.engine.Trace;
import org.jspecify.annotations.Nullable;

/**
 * A run's trace as JSON lines: {@code index}, {@code nanos}, {@code machine}, {@code kind}, the two numbers of the kind,
 * and of a payload its length, its CRC32C and, of events, faults and disk operations, its text.
 */
public final class TraceFile implements Trace.Sink, AutoCloseable {
    private final BufferedWriter writer;
    private final IntFunction<String> machineName;

    private TraceFile(BufferedWriter writer, IntFunction<String> machineName) {
        this.writer = writer;
        this.machineName = machineName;
    }

    /**
     * Begins a file, replacing one that is there.
     *
     * @param machineName names a machine by its number
     */
    public static TraceFile create(String path, IntFunction<String> machineName) {
        try {
            return new TraceFile(Files.newBufferedWriter(Path.of(path)), machineName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void record(
            long index,
            long nanos,
            Trace.Kind kind,
            int machine,
            long first,
            long second,
            @Nullable ByteBuffer payload) {
        try {
            writer.append(line(index, nanos, kind, machineName.apply(machine), first, second, payload))
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a record as it is written, without the end of the line} */
    public static String line(
            long index,
            long nanos,
            Trace.Kind kind,
            String machine,
            long first,
            long second,
            @Nullable ByteBuffer payload) {
        StringBuilder line = new StringBuilder(160)
                .append("{\"index\":")
                .append(index)
                .append(",\"nanos\":")
                .append(nanos)
                .append(",\"machine\":\"")
                .append(machine)
                .append("\",\"kind\":\"")
                .append(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .append("\",\"first\":")
                .append(first)
                .append(",\"second\":")
                .append(second);
        if (payload != null) {
            CRC32C crc = new CRC32C();
            crc.update(payload.duplicate());
            line.append(",\"bytes\":")
                    .append(payload.remaining())
                    .append(",\"crc32c\":\"")
                    .append(HexFormat.of().toHexDigits((int) crc.getValue()))
                    .append('"');
            if (kind == Trace.Kind.EVENT || kind == Trace.Kind.DISK || kind == Trace.Kind.FAULT) {
                line.append(",\"text\":\"").append(printable(payload)).append('"');
            }
        }
        return line.append('}').toString();
    }

    /** Bytes that are not printable ASCII become dots: an event's text is there to be read, its CRC to compare. */
    private static String printable(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~' || bytes[i] == '"' || bytes[i] == '\\') {
                bytes[i] = '.';
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
