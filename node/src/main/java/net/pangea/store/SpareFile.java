package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/**
 * A file of zeros whose sectors the disk has given in advance. When the disk is full it becomes a log file, into which
 * removals are written without needing a new sector. Owned by the task that writes.
 */
final class SpareFile {
    private final StoreFiles files;
    private final StoreSettings settings;
    private boolean there;

    SpareFile(StoreFiles files, StoreSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    boolean isThere() {
        return there;
    }

    /** Makes it if it is not there whole and there is room for it; without it the store works until the disk is full. */
    void provide() {
        if (there) {
            return;
        }
        Disk disk = files.disk();
        try {
            if (isWhole()) {
                there = true;
            } else if (disk.freeBytes() >= settings.reserveBytes() + settings.spareBytes()) {
                try (DiskFile file = disk.open(files.spare(), Disk.Mode.CREATE)) {
                    file.write(0, ByteBuffer.allocate(settings.spareBytes()));
                    file.truncate(settings.spareBytes());
                    file.sync();
                }
                files.syncDirectory();
                there = true;
            }
        } catch (DiskFailure e) {
            there = false;
        }
    }

    private boolean isWhole() {
        if (!files.exists(files.spare())) {
            return false;
        }
        try (DiskFile file = files.disk().open(files.spare(), Disk.Mode.READ)) {
            return file.size() == settings.spareBytes();
        }
    }

    /** {@return the file, open and under its new name as a log file, if that could be done} */
    Optional<DiskFile> take(int number) {
        there = false;
        try {
            files.disk().rename(files.spare(), files.log(number));
            return Optional.of(files.disk().open(files.log(number), Disk.Mode.WRITE));
        } catch (DiskFailure e) {
            return Optional.empty();
        }
    }
}
