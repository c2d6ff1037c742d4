package net.pangea.sim.cluster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import net.pangea.sim.scenario.BadInput;
import org.jspecify.annotations.Nullable;

/** The folders of a run. */
final class Folders {
    private static final String ELSEWHERE = ", or name another folder with -Djava.io.tmpdir=FOLDER";

    private Folders() {}

    /** {@return a new folder below {@code parent}} */
    static Path createTemporary(Path parent) {
        try {
            return Files.createTempDirectory(parent, "pangea-local-");
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
    }

    /** Makes a folder and those above it, unless they are there. */
    static void create(Path folder) {
        try {
            Path _ = Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Checks that a disk has room.
     *
     * @throws BadInput if it has less than {@code bytes}
     */
    static void requireRoom(Path folder, long bytes) {
        long free = freeBytes(folder);
        if (free < bytes) {
            throw new BadInput("local: the disk with " + folder + " is full: " + (free >> 10) + " KiB are free and "
                    + (bytes >> 10) + " KiB are needed; free room there" + ELSEWHERE);
        }
    }

    /** {@return what may still be written to the disk with {@code folder}} */
    static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static BadInput unwritable(Path folder, IOException e) {
        String why = e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : e.getClass().getSimpleName();
        return new BadInput("local: no folder for the nodes' files can be made in " + folder + ": "
                + (Files.exists(folder) ? why : "it does not exist") + "; mend that" + ELSEWHERE);
    }

    /** Deletes a folder with everything in it, unless it is gone; does not follow links. */
    static void delete(Path folder) {
        try {
            Path _ = Files.walkFileTree(folder, new Deletion());
        } catch (NoSuchFileException e) {
            return; // gone
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean _ = Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
            boolean _ = Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
