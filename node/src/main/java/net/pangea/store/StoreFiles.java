package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;

/**
 * The files of a store: {@code lock}, {@code spare}, and for each log file {@code NNNNNNNNNN.log} and, beside it,
 * perhaps its hint {@code NNNNNNNNNN.hint}. Numbers have ten digits, begin at 1 and are never used again.
 */
record StoreFiles(Disk disk, String directory) {
    private static final String LOG = ".log";
    private static final String HINT = ".hint";
    private static final int DIGITS = 10;

    String log(int number) {
        return path(digits(number) + LOG);
    }

    String hint(int number) {
        return path(digits(number) + HINT);
    }

    String spare() {
        return path("spare");
    }

    String lock() {
        return path("lock");
    }

    private String path(String name) {
        return directory + "/" + name;
    }

    private static String digits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** Makes the directory and those above it, durably, whoever made them first. */
    void makeDirectory() {
        int slash = -1;
        do {
            String parent = directory.substring(0, Math.max(0, slash));
            slash = directory.indexOf('/', slash + 1);
            String child = slash < 0 ? directory : directory.substring(0, slash);
            try {
                if (disk.typeOf(child) != Disk.Type.DIRECTORY) {
                    disk.createDirectory(child);
                }
            } catch (DiskFailure e) {
                if (e.kind() != DiskFailure.Kind.ALREADY_EXISTS || disk.typeOf(child) != Disk.Type.DIRECTORY) {
                    throw e;
                }
            }
            disk.syncDirectory(parent); // also if it was there: whoever made it may have crashed before this
        } while (slash >= 0);
    }

    void syncDirectory() {
        disk.syncDirectory(directory);
    }

    /** {@return the numbers of the log files, in order} */
    List<Integer> logNumbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String name : disk.list(directory)) {
            numberOf(name, LOG).ifPresent(numbers::add);
        }
        return numbers;
    }

    /** {@return the numbers of the hints, in order} */
    List<Integer> hintNumbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String name : disk.list(directory)) {
            numberOf(name, HINT).ifPresent(numbers::add);
        }
        return numbers;
    }

    private static OptionalInt numberOf(String name, String suffix) {
        if (name.length() != DIGITS + suffix.length() || !name.endsWith(suffix)) {
            return OptionalInt.empty();
        }
        String digits = name.substring(0, DIGITS);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(digits);
        return number < 1 || number > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    boolean exists(String path) {
        return disk.typeOf(path) == Disk.Type.FILE;
    }
}
