package net.pangea.sim.disk;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.RandomStream;

/** The changes of names on one disk that no directory sync has covered yet, in their order. */
final class NameJournal {
    /** No system keeps changes back for ever; the older half of more than these is written on its own. */
    private static final int PENDING_MAX = 1024;

    private List<NameChange> pending = new ArrayList<>();

    /** Does a change for all who look, not yet for the disk. */
    void add(NameChange change) {
        change.applyLive();
        pending.add(change);
        if (pending.size() > PENDING_MAX) {
            List<NameChange> oldest = pending.subList(0, PENDING_MAX / 2);
            oldest.forEach(NameChange::applyDurably);
            oldest.clear();
        }
    }

    /** Makes the changes in {@code directory} durable, and those that they follow. */
    void sync(DirectoryInode directory) {
        takeAllOf(directory).forEach(NameChange::applyDurably);
    }

    /** Does what {@link #sync} covers in part, as {@code random} says; the rest never becomes durable. */
    void failSync(DirectoryInode directory, RandomStream random) {
        surviving(takeAllOf(directory), random).forEach(NameChange::applyDurably);
    }

    /** Does a part of all changes, as {@code random} says, and forgets the rest. */
    void settle(RandomStream random) {
        surviving(pending, random).forEach(NameChange::applyDurably);
        pending = new ArrayList<>();
    }

    private List<NameChange> takeAllOf(DirectoryInode directory) {
        List<NameChange> taken = new ArrayList<>();
        List<NameChange> left = new ArrayList<>();
        for (NameChange change : pending.reversed()) {
            boolean needed = change.touches(directory) || taken.stream().anyMatch(later -> later.follows(change));
            (needed ? taken : left).add(change);
        }
        pending = new ArrayList<>(left.reversed());
        return taken.reversed();
    }

    private static List<NameChange> surviving(List<NameChange> changes, RandomStream random) {
        // The extremes and the plain prefix are drawn more often than coins alone would give them.
        int mode = random.nextInt(4);
        int prefix = random.nextInt(changes.size() + 1);
        List<NameChange> survivors = new ArrayList<>();
        List<NameChange> lost = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            NameChange change = changes.get(i);
            boolean drawn = switch (mode) {
                case 0 -> false;
                case 1 -> true;
                case 2 -> i < prefix;
                default -> random.nextInt(2) == 0;
            };
            boolean survives = drawn && lost.stream().noneMatch(change::follows);
            (survives ? survivors : lost).add(change);
        }
        return survivors;
    }
}
