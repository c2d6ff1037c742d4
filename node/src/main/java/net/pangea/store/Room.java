package net.pangea.store;

import net.pangea.machine.Disk;
import net.pangea.store.Batch.Purpose;

/** How much may still be written, by the settings and by the disk. Owned by the task that writes. */
final class Room {
    private final StoreSettings settings;
    private final long garbageBytes;
    private long onDisk;
    private long inCapacity;

    private Room(StoreSettings settings, long onDisk, long inCapacity, long garbageBytes) {
        this.settings = settings;
        this.onDisk = onDisk;
        this.inCapacity = inCapacity;
        this.garbageBytes = garbageBytes;
    }

    static Room of(Disk disk, StoreSettings settings, Index index) {
        long free = disk.freeBytes();
        return index.ofFiles(known -> {
            long bytes = known.stream().mapToLong(LogFile::fileBytes).sum();
            long garbage = known.stream().mapToLong(LogFile::garbageBytes).sum();
            return new Room(settings, free, settings.capacityBytes() - bytes, garbage);
        });
    }

    /** {@return how many bytes of new content there is room for, headers included} */
    long forContent() {
        return Math.max(0, Math.min(onDisk - settings.reserveBytes(), inCapacity));
    }

    /** {@return whether there is room, which the batch then has} */
    boolean takes(Batch batch) {
        long bytes = (long) batch.sectors() * RecordFormat.SECTOR_BYTES;
        boolean fits = switch (batch.purpose()) {
            case KEEP -> bytes <= forContent();
            case COPY -> bytes <= onDisk - settings.spareBytes();
            case ERASE -> true;
        };
        if (fits) {
            onDisk -= bytes;
            inCapacity -= bytes;
        }
        return fits;
    }

    String refusal(Batch batch) {
        long bytes = (long) batch.sectors() * RecordFormat.SECTOR_BYTES;
        return "no room for " + bytes + " bytes: the disk has " + onDisk + " free, of which "
                + (batch.purpose() == Purpose.KEEP ? settings.reserveBytes() : settings.spareBytes())
                + " stay so, the store's capacity has " + Math.max(0, inCapacity) + " left, and compacting would free "
                + garbageBytes;
    }
}
