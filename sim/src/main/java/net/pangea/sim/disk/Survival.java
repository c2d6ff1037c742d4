package net.pangea.sim.disk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.pangea.machine.RandomStream;

/**
 * What of a file's unsynced changes reaches the disk when they are interrupted.
 *
 * <p>The changes are walked from the last to the first: a sector takes the last change to it that survives, and with
 * it the earlier ones to the same sector, because a system writes sectors as they are in its memory. So each
 * sector ends as one of the versions it had. Then the changes are done in their order up to each sector's version.
 */
final class Survival {
    private static final int UNDECIDED = -1;

    private final FileInode file;
    private final List<Change> changes;
    // By page index, looked up only: for each sector the position of the last change that it takes.
    private final Map<Long, int[]> versions = new HashMap<>();

    private Survival(FileInode file, List<Change> changes) {
        this.file = file;
        this.changes = changes;
    }

    /** Lets each sector take any of its versions, and tells the durable size that is left. */
    static long tear(FileInode file, List<Change> changes, long durableSize, RandomStream random) {
        Survival survival = new Survival(file, changes);
        // Coins alone would hardly ever draw the plain outcomes of a large file.
        int mode = random.nextInt(4);
        if (changes.isEmpty() || mode == 0) {
            return durableSize;
        }
        boolean everything = mode == 1;
        for (int i = changes.size() - 1; i >= 0; i--) {
            survival.tear(i, everything ? Fate.WHOLE : Fate.draw(random), random);
        }
        survival.apply();
        long last = changes.getLast().sizeAfter();
        return switch (everything ? 0 : random.nextInt(3)) {
            case 0 -> last;
            case 1 -> durableSize;
            default -> changes.get(random.nextInt(changes.size())).sizeAfter();
        };
    }

    /** Lets each change survive wholly or not at all, and tells the durable size that is left. */
    static long keepWhole(FileInode file, List<Change> changes, long durableSize, RandomStream random) {
        Survival survival = new Survival(file, changes);
        boolean[] survives = new boolean[changes.size()];
        for (int i = changes.size() - 1; i >= 0; i--) {
            survives[i] = random.nextInt(2) == 0 || survival.isUnderSurvivor(i);
            if (survives[i]) {
                survival.tear(i, Fate.WHOLE, random);
            }
        }
        survival.apply();
        long size = durableSize;
        for (int i = 0; i < survives.length; i++) {
            size = survives[i] ? changes.get(i).sizeFrom(size) : size;
        }
        return size;
    }

    private enum Fate {
        NOTHING,
        WHOLE,
        SECTORS;

        static Fate draw(RandomStream random) {
            return switch (random.nextInt(3)) {
                case 0 -> NOTHING;
                case 1 -> WHOLE;
                default -> SECTORS;
            };
        }
    }

    private void tear(int position, Fate fate, RandomStream random) {
        if (fate != Fate.NOTHING) {
            Change change = changes.get(position);
            for (Page page : file.pagesOf(change)) {
                int[] version = version(page);
                for (int sector = change.firstSector(page); sector <= change.lastSector(page); sector++) {
                    boolean takes = fate == Fate.WHOLE || random.nextInt(2) == 0;
                    if (version[sector] == UNDECIDED && takes) {
                        version[sector] = position;
                    }
                }
            }
        }
    }

    private boolean isUnderSurvivor(int position) {
        Change change = changes.get(position);
        for (Page page : file.pagesOf(change)) {
            int[] version = version(page);
            for (int sector = change.firstSector(page); sector <= change.lastSector(page); sector++) {
                if (version[sector] != UNDECIDED) {
                    return true;
                }
            }
        }
        return false;
    }

    private int[] version(Page page) {
        return versions.computeIfAbsent(page.index(), _ -> {
            int[] version = new int[Page.SECTORS];
            Arrays.fill(version, UNDECIDED);
            return version;
        });
    }

    private void apply() {
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            for (Page page : file.pagesOf(change)) {
                int[] version = version(page);
                for (int sector = change.firstSector(page); sector <= change.lastSector(page); sector++) {
                    if (i <= version[sector]) {
                        file.applyDurably(change, page, sector);
                    }
                }
            }
        }
    }
}
