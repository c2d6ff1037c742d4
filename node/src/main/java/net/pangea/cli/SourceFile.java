package net.pangea.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.object.ContentSource;
import net.pangea.object.ObjectFailure;

/** A file of the user's that is put, read from the disk as it is asked for. */
final class SourceFile implements ContentSource, AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final State state;
    private long position;

    private SourceFile(Path path, FileChannel channel, State state) {
        this.path = path;
        this.channel = channel;
        this.state = state;
    }

    /** What changes when somebody writes the file. */
    private record State(long sizeBytes, long modifiedNanos) {
        static State of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(attributes.isDirectory() ? "it is a folder" : "it is no file");
            }
            return new State(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        }
    }

    /** @throws ObjectFailure UNREADABLE_SOURCE */
    static SourceFile open(Path path) {
        try {
            State state = State.of(path);
            return new SourceFile(path, FileChannel.open(path, StandardOpenOption.READ), state);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    long sizeBytes() {
        return state.sizeBytes;
    }

    /** {@return how many bytes were read} */
    long position() {
        return position;
    }

    /** {@return what the system takes the file for; empty if it does not know} */
    String mediaType() {
        try {
            return Objects.requireNonNullElse(Files.probeContentType(path), "");
        } catch (IOException e) {
            return ""; // it is only a hint
        }
    }

    /** {@return what is the same when the unchanged file is put again under the same name} */
    Sha256 token(String name) {
        try {
            String text = String.join(
                    "\0",
                    "put",
                    path.toRealPath().toString(),
                    Long.toString(state.sizeBytes),
                    Long.toString(state.modifiedNanos),
                    name);
            return Sha256.of(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public Bytes next(int sizeBytes) {
        byte[] next = new byte[sizeBytes];
        ByteBuffer buffer = ByteBuffer.wrap(next);
        try {
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
                // a file may give less than is asked for
            }
            position += sizeBytes;
            // What was read while somebody wrote is neither the old nor the new file.
            if (buffer.hasRemaining()
                    || (position == state.sizeBytes && !State.of(path).equals(state))) {
                throw new ObjectFailure(
                        ObjectFailure.Kind.UNREADABLE_SOURCE,
                        path + ": it changed while it was read; put it when nobody changes it");
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return Bytes.wrap(next);
    }

    private static ObjectFailure unreadable(Path path, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "it may not be read by you";
            default -> String.valueOf(e.getMessage());
        };
        return new ObjectFailure(
                ObjectFailure.Kind.UNREADABLE_SOURCE, path + ": " + why + "; nothing of it was stored");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it was only read
        }
    }
}
