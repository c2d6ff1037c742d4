package net.pangea.ces;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;

/**
 * The shards of one stripe in files, read as the one sequence of bytes that its data shards are.
 *
 * <p>Shards that are missing are rebuilt strip by strip into another file. Owned by one task.
 */
final class ShardFiles implements AutoCloseable {
    /** Of each of up to 256 shards so much is in memory at once: 16 MiB at most. */
    static final int STRIP_BYTES = 64 << 10;

    private final Stripe stripe;
    private final List<Optional<DiskFile>> files = new ArrayList<>();
    private final List<Slice> data = new ArrayList<>();
    private final long shardBytes;
    private final int vectorBits;

    /** Where the bytes of a data shard are. */
    private record Slice(DiskFile file, long from) {}

    /**
     * Opens the shards that are present.
     *
     * @throws CesFailure WRONG_SHARD_COUNT, TOO_FEW_SHARDS or WRONG_SHARD_LENGTH
     */
    ShardFiles(Disk disk, Stripe stripe, List<Optional<String>> paths, int vectorBits) {
        this.stripe = stripe;
        this.vectorBits = vectorBits;
        try {
            for (Optional<String> path : paths) {
                files.add(path.map(name -> disk.open(name, Disk.Mode.READ)));
            }
            shardBytes = stripe.shardBytes(files.stream()
                    .map(file -> file.map(open -> OptionalLong.of(open.size())).orElseGet(OptionalLong::empty))
                    .toList());
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** {@return the bytes of all data shards together} */
    long sizeBytes() {
        return stripe.dataShards() * shardBytes;
    }

    /** Makes every data shard readable, by writing those that are missing to {@code rebuilt}. */
    void complete(DiskFile rebuilt, Clock clock) throws InterruptedException {
        List<Integer> missing = IntStream.range(0, stripe.dataShards())
                .filter(place -> files.get(place).isEmpty())
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            rebuild(missing, rebuilt, clock);
        }
        for (int place = 0; place < stripe.dataShards(); place++) {
            long from = missing.indexOf(place) * shardBytes;
            data.add(files.get(place).map(file -> new Slice(file, 0)).orElseGet(() -> new Slice(rebuilt, from)));
        }
    }

    private void rebuild(List<Integer> missing, DiskFile rebuilt, Clock clock) throws InterruptedException {
        ReedSolomon code = new ReedSolomon(stripe.dataShards(), stripe.parityShards(), vectorBits);
        List<Integer> sources = IntStream.range(0, files.size())
                .filter(place -> files.get(place).isPresent())
                .limit(stripe.dataShards())
                .boxed()
                .toList();
        for (long at = 0; at < shardBytes; at += STRIP_BYTES) {
            clock.sleep(Duration.ZERO);
            List<Optional<byte[]>> strips = new ArrayList<>();
            for (int place = 0; place < files.size(); place++) {
                strips.add(
                        sources.contains(place)
                                ? Optional.of(strip(files.get(place).orElseThrow(), at))
                                : Optional.empty());
            }
            List<byte[]> restored = code.reconstruct(strips, missing);
            for (int i = 0; i < restored.size(); i++) {
                rebuilt.write(i * shardBytes + at, ByteBuffer.wrap(restored.get(i)));
            }
        }
    }

    private byte[] strip(DiskFile file, long at) {
        byte[] strip = new byte[(int) Math.min(STRIP_BYTES, shardBytes - at)];
        readFully(file, at, ByteBuffer.wrap(strip));
        return strip;
    }

    /** Fills {@code target} from {@code position} of the data shards on, which must be {@linkplain #complete complete}. */
    void read(long position, ByteBuffer target) {
        long at = position;
        while (target.hasRemaining()) {
            Slice slice = data.get((int) (at / shardBytes));
            long inShard = at % shardBytes;
            int size = (int) Math.min(target.remaining(), shardBytes - inShard);
            readFully(slice.file(), slice.from() + inShard, target.slice(target.position(), size));
            target.position(target.position() + size);
            at += size;
        }
    }

    private static void readFully(DiskFile file, long position, ByteBuffer target) {
        int expected = target.remaining();
        int read = file.read(position, target);
        if (read != expected) {
            throw new CesFailure(Kind.TRUNCATED, "a shard's file became shorter while it was read");
        }
    }

    @Override
    public void close() {
        files.forEach(file -> file.ifPresent(DiskFile::close));
    }
}
