package net.pangea.bench;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.pangea.bench.DurableWriting.Rate;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.system.SystemMachine;
import net.pangea.store.Entry;
import net.pangea.store.LogStore;
import net.pangea.store.Lookup;
import net.pangea.store.StoreSettings;

/** The store on a real disk, by the wall clock: writing beside other ways of writing durably, reading, and opening. */
final class StoreBenchmark {
    private static final int WRITES = 2560;
    private static final int READS = 4000;
    private static final int PART_BYTES = 4096;
    private static final double RATIO_WANTED = 5;

    private final StoreOptions options;
    private final Machine machine;
    private final Path folder;

    private StoreBenchmark(StoreOptions options, Machine machine, Path folder) {
        this.options = options;
        this.machine = machine;
        this.folder = folder;
    }

    /** {@return whether group commit is as much faster as it has to be} */
    static boolean run(StoreOptions options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(options.folder(), "pangea-bench-store");
        try (SystemMachine machine = SystemMachine.start("bench", folder, _ -> {})) {
            System.out.println(Environment.describe());
            FileStore disk = Files.getFileStore(folder);
            System.out.println("disk       " + disk.name() + ", " + disk.type());
            return machine.run("bench", () -> new StoreBenchmark(options, machine, folder).run());
        } finally {
            delete(folder);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        boolean fast = writing();
        reading();
        return fast;
    }

    private boolean writing() throws IOException, InterruptedException {
        Map<DurableWriting, List<Rate>> rates = new EnumMap<>(DurableWriting.class);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= options.rounds(); round++) {
            double toSync = 0;
            double grouped = 0;
            for (DurableWriting way : DurableWriting.values()) {
                String directory = "round" + round + "-" + way;
                Rate rate = way.run(machine, directory, options.writers(), WRITES);
                delete(folder.resolve(directory));
                grouped = way == DurableWriting.GROUP_COMMIT ? rate.perSecond() : grouped;
                toSync = way == DurableWriting.SYNC_EACH ? rate.perSecond() : toSync;
                if (round > 0) { // the first one warms up
                    rates.computeIfAbsent(way, _ -> new ArrayList<>()).add(rate);
                }
            }
            if (round > 0) {
                ratios.add(grouped / toSync);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%-34s %10s %8s %8s   %d writers of 64 KiB, %d rounds%n",
                "durable writes",
                "per second",
                "MB/s",
                "CPU us",
                options.writers(),
                options.rounds());
        rates.forEach((way, all) -> {
            double rate = median(all.stream().map(Rate::perSecond).toList());
            double cpu = median(all.stream().map(Rate::cpuMicros).toList());
            double megabytes = rate * DurableWriting.ENTRY_BYTES / 1e6;
            System.out.printf(Locale.ROOT, "  %-32s %10.0f %8.1f %8.0f%n", way.title(), rate, megabytes, cpu);
        });
        double ratio = median(ratios);
        System.out.printf(
                Locale.ROOT,
                "  %-32s %10.1f            at least %.0f: %s; single rounds %s%n",
                "group commit to fsync per write",
                ratio,
                RATIO_WANTED,
                ratio >= RATIO_WANTED ? "PASS" : "short",
                ratios.stream()
                        .map(one -> String.format(Locale.ROOT, "%.1f", one))
                        .toList());
        return ratio >= RATIO_WANTED;
    }

    private void reading() throws IOException, InterruptedException {
        int entries = Math.toIntExact((long) options.mebibytes() * (1 << 20) / DurableWriting.ENTRY_BYTES);
        fill(entries);
        long heapBefore = usedHeap();
        try (LogStore store = open()) {
            long heapAfter = usedHeap();
            System.out.printf(Locale.ROOT, "%n%-34s %10s   from the system's memory, one task%n", "reads", "us");
            System.out.printf(
                    Locale.ROOT,
                    "  %-32s %10.1f%n",
                    "64 KiB, whole",
                    readMicros(store, entries, DurableWriting.ENTRY_BYTES));
            System.out.printf(Locale.ROOT, "  %-32s %10.1f%n", "4 KiB of it", readMicros(store, entries, PART_BYTES));
            System.out.printf(
                    Locale.ROOT,
                    "%n%-34s %10d   with keys of 32 bytes%n",
                    "heap bytes an entry",
                    (heapAfter - heapBefore) / entries);
        }
        List<Double> withHints = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            withHints.add(openMillis());
            deleteHints();
            without.add(openMillis()); // which writes them again
        }
        double gibibytes = options.mebibytes() / 1024.0;
        System.out.printf(
                Locale.ROOT,
                "%n%-34s %10s   %d MiB in entries of 64 KiB, in the system's memory%n",
                "opening",
                "ms per GiB",
                options.mebibytes());
        System.out.printf(Locale.ROOT, "  %-32s %10.1f%n", "with hints", median(withHints) / gibibytes);
        System.out.printf(Locale.ROOT, "  %-32s %10.1f%n", "without", median(without) / gibibytes);
    }

    private LogStore open() {
        return LogStore.open(machine, StoreSettings.DEFAULT);
    }

    private void fill(int entries) throws InterruptedException {
        byte[] bytes = new byte[DurableWriting.ENTRY_BYTES];
        RandomStream.of(8, "content").fill(bytes);
        Bytes content = Bytes.wrap(bytes);
        try (LogStore store = open()) {
            for (int i = 0; i < entries; ) {
                List<Entry> batch = new ArrayList<>();
                for (int end = Math.min(entries, i + 64); i < end; i++) {
                    batch.add(new Entry(DurableWriting.key(i), content));
                }
                store.keepAll(batch);
            }
        }
    }

    private double readMicros(LogStore store, int entries, int length) {
        RandomStream random = RandomStream.of(9, "reads");
        List<Double> micros = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            long start = machine.clock().nanoTime();
            for (int i = 0; i < READS; i++) {
                int offset = random.nextInt(DurableWriting.ENTRY_BYTES - length + 1);
                if (!(store.read(DurableWriting.key(random.nextInt(entries)), offset, length)
                        instanceof Lookup.Found)) {
                    throw new IllegalStateException("an entry that was kept is not found");
                }
            }
            micros.add((machine.clock().nanoTime() - start) / 1e3 / READS);
        }
        return median(micros);
    }

    private double openMillis() {
        long start = machine.clock().nanoTime();
        try (LogStore store = open()) {
            double millis = (machine.clock().nanoTime() - start) / 1e6;
            if (store.usedBytes() < (long) options.mebibytes() << 20) {
                throw new IllegalStateException("entries are missing");
            }
            return millis;
        }
    }

    private void deleteHints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(StoreSettings.DEFAULT.directory()))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".hint")).toList()) {
                Files.delete(file);
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double median(List<Double> values) {
        return Medians.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
