package net.pangea.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.FileDownload;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure;

/**
 * The file that an object is got into. What comes is written beside it, under a name that tells object and destination,
 * and takes the destination's name only when it is complete.
 *
 * @param path absolute
 * @param replaces whether it may be there already
 */
record Destination(Path path, boolean replaces) {
    private static final int ID_DIGITS = 16;
    private static final int NAME_DIGITS = 8;

    /**
     * {@return the file of that name, if it can be one}
     *
     * @throws ObjectFailure UNWRITABLE_DESTINATION
     */
    static Destination of(Path path, boolean replaces) {
        Destination destination = new Destination(path.toAbsolutePath().normalize(), replaces);
        destination.requirePossible();
        return destination;
    }

    private void requirePossible() {
        if (Files.isDirectory(path)) {
            throw unwritable("it is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder())) {
            throw unwritable("there is no folder " + folder() + "; make it first");
        }
        if (!replaces && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw unwritable("it is there already; choose another name, or replace it with --force");
        }
    }

    /** {@return the folder that it is in} */
    Path folder() {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    /**
     * Gets the object, or a range of it.
     *
     * @param disk its root is {@link #folder}
     * @param progress is told how far it is
     * @return how many bytes an earlier attempt had left
     * @throws ObjectFailure as {@link FileDownload}; the destination is then as it was
     */
    long fill(Client client, ObjectRef ref, Optional<Range> range, Disk disk, FileDownload.Progress progress)
            throws InterruptedException {
        String part = part(ref, range.isPresent());
        String lock = part + ".lock";
        try (Disk.Lock _ = disk.lock(lock)) {
            try {
                FileDownload download = new FileDownload(client.objects(), disk, progress);
                long resumed = 0;
                if (range.isPresent()) {
                    download.getRange(client.node(), ref, range.get(), part);
                } else {
                    resumed = download.getPart(client.node(), ref, part);
                }
                publish(part, disk);
                return resumed;
            } finally {
                disk.delete(lock);
            }
        } catch (DiskFailure e) {
            throw unwritable(
                    e.kind() == DiskFailure.Kind.LOCKED
                            ? "another get writes it now; wait for its end"
                            : e.getMessage() + "; choose another destination");
        }
    }

    /** A name that every system takes, whatever the destination's. */
    private String part(ObjectRef ref, boolean isRange) {
        Bytes name = Bytes.wrap(path.toString().getBytes(StandardCharsets.UTF_8));
        return "pangea-" + ref.id().hex().substring(0, ID_DIGITS) + "-"
                + Sha256.of(name).hex().substring(0, NAME_DIGITS) + (isRange ? ".range" : ".part");
    }

    private void publish(String part, Disk disk) {
        Path from = folder().resolve(part);
        try {
            if (replaces) {
                Path _ = Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
            } else {
                moveToNew(from);
            }
        } catch (FileAlreadyExistsException e) {
            throw unwritable("somebody has made it meanwhile; the object is in " + from);
        } catch (IOException e) {
            throw unwritable(e.getMessage() + "; the object is in " + from);
        }
        disk.syncDirectory("");
    }

    /** A link is never made over another file; where there are none, looks first. */
    private void moveToNew(Path from) throws IOException {
        try {
            Path _ = Files.createLink(path, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            Path _ = Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.delete(from);
    }

    private ObjectFailure unwritable(String why) {
        return new ObjectFailure(ObjectFailure.Kind.UNWRITABLE_DESTINATION, path + ": " + why);
    }
}
