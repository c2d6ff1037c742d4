package net.pangea.sim.host;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import net.pangea.sim.network.PacketTap;
import net.pangea.sim.pcap.Capture;
import net.pangea.sim.pcap.PcapngWriter;
import org.jspecify.annotations.Nullable;

/**
 * A run's packets as a pcapng file, written while it goes on.
 *
 * <p>Under its name it appears once it is whole. Until then its name has {@code .part} behind it, unless it is no
 * ordinary file: a device or a pipe gets the bytes as they come.
 */
public final class CaptureFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path path;
    private final Path written;
    private final Latched out;
    private final Capture capture;

    private CaptureFile(Path path, Path written, Latched out, Capture capture) {
        this.path = path;
        this.written = written;
        this.out = out;
        this.capture = capture;
    }

    /**
     * Begins a file.
     *
     * @param comment on the whole of it
     * @param start the time of day when the simulation begins
     * @throws IOException if there can be no such file
     */
    public static CaptureFile create(String name, String comment, Instant start) throws IOException {
        Path named = Path.of(name).toAbsolutePath();
        boolean isThere = Files.exists(named);
        Path path = isThere ? named.toRealPath() : named;
        boolean isOrdinary = !isThere || Files.isRegularFile(path);
        Path written = isOrdinary ? path.resolveSibling(path.getFileName() + ".part") : path;
        Latched out = new Latched(new BufferedOutputStream(Files.newOutputStream(written), BUFFER_BYTES));
        return new CaptureFile(path, written, out, new Capture(new PcapngWriter(out, "pangea", comment), start));
    }

    /** {@return what is to see the traffic} */
    public PacketTap tap() {
        return capture;
    }

    /**
     * Ends the file, replacing one that is there.
     *
     * @throws IOException if not all of it could be written; then nothing of it is left, and what was there is
     */
    @Override
    public void close() throws IOException {
        out.close();
        IOException failure = out.failure;
        boolean isPart = !written.equals(path);
        if (failure == null && isPart) {
            Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
        } else if (failure != null) {
            if (isPart) {
                Files.deleteIfExists(written);
            }
            throw failure;
        }
    }

    /** Keeps its first failure to the end, since whoever writes here stands in the midst of a node's call. */
    private static final class Latched extends OutputStream {
        private final OutputStream file;
        private @Nullable IOException failure;

        Latched(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (failure == null) {
                try {
                    file.write(bytes, from, count);
                } catch (IOException e) {
                    failure = e;
                }
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                }
            }
        }
    }
}
