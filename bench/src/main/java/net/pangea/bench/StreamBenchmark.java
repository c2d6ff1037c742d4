package net.pangea.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.sim.cluster.Member;

/**
 * One object, larger than any memory here, there and back: twelve nodes, eleven of them processes of their own, and one
 * with its client in a JVM of {@value #HEAP_MIB} MiB ({@link StreamNode}). The content is never in a file as a whole, nor
 * in memory.
 */
final class StreamBenchmark {
    private static final int HEAP_MIB = 256;
    private static final int NODES = 12;

    /** Beside the shards: a log file that is filled and one that is kept free, and small things. */
    private static final long PER_NODE_BYTES = 192L << 20;

    private StreamBenchmark() {}

    /** {@return whether the object came back unchanged} */
    static boolean run(StreamOptions options) throws IOException, InterruptedException {
        requireRoom(options);
        System.out.println(Environment.describe());
        Path folder = Files.createTempDirectory(options.folder(), "pangea-stream");
        List<StreamHolder> holders = new ArrayList<>();
        Thread cleaning = new Thread(() -> clean(folder, holders));
        Runtime.getRuntime().addShutdownHook(cleaning);
        List<Member> all = StreamPlaces.free(NODES);
        for (Member member : all.subList(1, NODES)) {
            holders.add(StreamHolder.start(member, all, folder.resolve(member.name())));
        }
        return streaming(folder, options.sizeBytes(), StreamPlaces.format(all)).waitFor() == 0;
    }

    private static void requireRoom(StreamOptions options) throws IOException {
        if (!Files.isDirectory(options.folder())) {
            throw new BadInput("there is no folder " + options.folder() + ": choose another with --folder");
        }
        long needed = options.sizeBytes() / 2 * 3 + NODES * PER_NODE_BYTES;
        long free = Files.getFileStore(options.folder()).getUsableSpace();
        System.out.println(
                "disk       " + mib(needed) + " MiB needed in " + options.folder() + ", " + mib(free) + " MiB free");
        if (free < needed) {
            throw new BadInput("not enough room in " + options.folder() + ": choose another folder with --folder, or a"
                    + " smaller --size");
        }
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    /** This JVM's flags but for its heap. */
    private static Process streaming(Path folder, long sizeBytes, String peers) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xm"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx" + HEAP_MIB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                StreamNode.class.getName(),
                folder.toString(),
                Long.toString(sizeBytes),
                peers));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void clean(Path folder, List<StreamHolder> holders) {
        holders.forEach(StreamHolder::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("pangea bench: " + folder + " could not be deleted: " + e);
        }
    }
}
