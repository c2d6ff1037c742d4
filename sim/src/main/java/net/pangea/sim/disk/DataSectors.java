package net.pangea.sim.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import net.pangea.machine.RandomStream;

/**
 * Chooses among the sectors of a disk that hold durable data.
 *
 * <p>Every sector has a rank, hashed from a key, its file's path and its place in it; the lowest are chosen. So
 * a file more or less does not shift the choice among the others.
 */
final class DataSectors {

    /** A sector that holds data. */
    record Sector(long rank, String path, FileInode file, Page page, int number) {

        /** {@return where it begins in the file} */
        long offset() {
            return page.start() + (long) number * Page.SECTOR_BYTES;
        }

        /** {@return its bytes that belong to the file} */
        int length() {
            return (int) Math.min(Page.SECTOR_BYTES, file.size() - offset());
        }
    }

    private static final Comparator<Sector> BY_RANK =
            Comparator.comparingLong(Sector::rank).thenComparing(Sector::path).thenComparingLong(Sector::offset);

    private DataSectors() {}

    /** {@return at most {@code count} sectors below {@code root} that {@code wanted} accepts, by rank} */
    static List<Sector> choose(DirectoryInode root, int count, long key, Predicate<Sector> wanted) {
        if (count <= 0) {
            return List.of();
        }
        PriorityQueue<Sector> lowest = new PriorityQueue<>(BY_RANK.reversed());
        visit(root, "", key, sector -> {
            boolean candidate = lowest.size() < count || BY_RANK.compare(sector, lowest.element()) < 0;
            if (candidate && wanted.test(sector)) {
                lowest.add(sector);
                if (lowest.size() > count) {
                    Sector _ = lowest.remove();
                }
            }
        });
        List<Sector> chosen = new ArrayList<>(lowest);
        chosen.sort(BY_RANK);
        return chosen;
    }

    private interface Visitor {
        void see(Sector sector);
    }

    private static void visit(DirectoryInode directory, String prefix, long key, Visitor visitor) {
        for (Map.Entry<String, Inode> entry : directory.names().entrySet()) {
            String path = prefix + entry.getKey();
            switch (entry.getValue()) {
                case DirectoryInode child -> visit(child, path + "/", key, visitor);
                case FileInode file ->
                    visit(file, path, RandomStream.of(key, path).nextLong(), visitor);
            }
        }
    }

    private static void visit(FileInode file, String path, long key, Visitor visitor) {
        for (Page page : file.pages()) {
            for (int number = 0; number < Page.SECTORS; number++) {
                if (page.holdsData(number)) {
                    Sector sector = new Sector(rank(key, page, number), path, file, page, number);
                    if (sector.length() > 0) {
                        visitor.see(sector);
                    }
                }
            }
        }
    }

    /** The finaliser of SplitMix64: a hash per sector must be cheap. */
    private static long rank(long key, Page page, int number) {
        long z = key + (page.index() * Page.SECTORS + number) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
