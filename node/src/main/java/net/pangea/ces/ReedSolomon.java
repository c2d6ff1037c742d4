package net.pangea.ces;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.IntStream;
import net.pangea.ces.CesFailure.Kind;

/**
 * A systematic Reed-Solomon erasure code over GF(2^8): k data shards get m parity shards, and any k of the
 * k + m give all the others back, byte for byte.
 *
 * <p>The generator matrix is V times the inverse of V's top k rows, V being the Vandermonde matrix with
 * row^column at (row, column): the top is the identity, any k rows are independent, and the parity bytes are
 * those of the original Pangea network. Shards are numbered data first: 0 to k - 1, then parity.
 *
 * <p>It mends shards that are missing, not shards that are wrong: those must be left out by the caller.
 * Immutable; any task may use it.
 */
public final class ReedSolomon {
    /** k + m is at most this: the field has no more distinct rows for the Vandermonde matrix. */
    public static final int SHARDS_MAX = Galois.SIZE;

    private final int dataShards;
    private final int parityShards;
    private final GaloisMatrix generator;
    private final Kernel kernel;

    /**
     * The code with these numbers of shards, computed without vectors.
     *
     * @throws IllegalArgumentException as {@link #ReedSolomon(int, int, int)}
     */
    public ReedSolomon(int dataShards, int parityShards) {
        this(dataShards, parityShards, 0);
    }

    /**
     * The code with these numbers of shards.
     *
     * @param vectorBits how wide vectors the machine declares to have; of no influence on any byte
     * @throws IllegalArgumentException unless {@code dataShards} is at least 1, {@code parityShards} at least 0
     *     and their sum at most {@link #SHARDS_MAX}
     */
    public ReedSolomon(int dataShards, int parityShards, int vectorBits) {
        if (dataShards < 1 || parityShards < 0 || dataShards > SHARDS_MAX - parityShards) {
            throw new IllegalArgumentException("no code of " + dataShards + "+" + parityShards
                    + " shards: at least 1 data shard, and at most " + SHARDS_MAX + " in all");
        }
        this.dataShards = dataShards;
        this.parityShards = parityShards;
        GaloisMatrix vandermonde = GaloisMatrix.vandermonde(dataShards + parityShards, dataShards);
        generator = vandermonde.times(vandermonde.rows(range(0, dataShards)).inverse());
        kernel = Kernel.of(vectorBits);
    }

    public int dataShards() {
        return dataShards;
    }

    public int parityShards() {
        return parityShards;
    }

    public int totalShards() {
        return dataShards + parityShards;
    }

    /** {@return whether long shards are coded with vectors: the machine declares them, and this JVM has them} */
    public boolean hasVectors() {
        return kernel instanceof VectorKernel;
    }

    /**
     * {@return the whole stripe: the given data shards themselves, then new parity shards}
     *
     * @throws IllegalArgumentException unless there are exactly k shards of one positive length
     */
    public List<byte[]> encode(List<byte[]> data) {
        if (data.size() != dataShards) {
            throw new IllegalArgumentException(data.size() + " data shards given, this code has " + dataShards);
        }
        int shardSize = data.getFirst().length;
        if (shardSize == 0 || data.stream().anyMatch(shard -> shard.length != shardSize)) {
            throw new IllegalArgumentException("data shards must have one positive length");
        }
        byte[][] parity = new byte[parityShards][shardSize];
        kernel.multiply(parityRows(), Rows.of(data.toArray(byte[][]::new)), Rows.of(parity), shardSize);
        List<byte[]> stripe = new ArrayList<>(data);
        stripe.addAll(List.of(parity));
        return List.copyOf(stripe);
    }

    /**
     * Sets the parity shards of a stripe from its data shards.
     *
     * @throws IllegalArgumentException unless there are k + m shards
     */
    public void encode(ShardBuffer stripe) {
        checkShards(stripe);
        kernel.multiply(
                parityRows(),
                Rows.of(stripe, range(0, dataShards)),
                Rows.of(stripe, range(dataShards, totalShards())),
                stripe.shardSize());
    }

    /**
     * Sets the shards of a stripe that are wanted and not present from those that are; no other byte of it changes.
     *
     * @param present the numbers of the shards whose bytes are right
     * @param wanted numbers of shards
     * @throws CesFailure TOO_FEW_SHARDS if fewer than k are present
     * @throws IllegalArgumentException unless there are k + m shards, or if another is numbered
     */
    public void reconstruct(ShardBuffer stripe, SortedSet<Integer> present, SortedSet<Integer> wanted) {
        checkShards(stripe);
        checkNumbers(present);
        checkNumbers(wanted);
        checkSuffice(present.size());
        List<Integer> sources = present.stream().limit(dataShards).toList();
        List<Integer> missing =
                wanted.stream().filter(i -> !present.contains(i)).toList();
        if (!missing.isEmpty()) {
            kernel.multiply(
                    fromSources(missing, sources),
                    Rows.of(stripe, sources),
                    Rows.of(stripe, missing),
                    stripe.shardSize());
        }
    }

    /**
     * Sets the data shards that are missing from the others and from as many of parity.
     *
     * @param data the k data shards
     * @param parity shards by their numbers, of the size of the others
     */
    void complete(ShardBuffer data, List<Integer> missing, SortedMap<Integer, byte[]> parity) {
        if (missing.isEmpty()) {
            return;
        }
        List<Integer> present = new ArrayList<>(range(0, dataShards));
        present.removeAll(missing);
        List<Integer> sources = new ArrayList<>(present);
        sources.addAll(parity.keySet());
        kernel.multiply(
                fromSources(missing, sources),
                Rows.of(data, present).and(parity.values()),
                Rows.of(data, missing),
                data.shardSize());
    }

    /**
     * {@return the whole stripe: the present shards themselves, the missing ones rebuilt}
     *
     * @param shards one place for each shard, in order, empty where the shard is missing
     * @throws CesFailure WRONG_SHARD_COUNT, WRONG_SHARD_LENGTH or TOO_FEW_SHARDS
     */
    public List<byte[]> reconstruct(List<Optional<byte[]>> shards) {
        return reconstruct(shards, range(0, totalShards()));
    }

    /**
     * {@return the shards numbered {@code wanted}, in that order; only what is missing among them is rebuilt}
     *
     * @param shards one place for each shard, in order, empty where the shard is missing
     * @throws CesFailure WRONG_SHARD_COUNT, WRONG_SHARD_LENGTH or TOO_FEW_SHARDS
     */
    public List<byte[]> reconstruct(List<Optional<byte[]>> shards, List<Integer> wanted) {
        int shardSize = checkedShardSize(shards);
        List<Integer> sources = range(0, totalShards()).stream()
                .filter(i -> shards.get(i).isPresent())
                .limit(dataShards)
                .toList();
        List<Integer> missing =
                wanted.stream().filter(i -> shards.get(i).isEmpty()).distinct().toList();
        byte[][] rebuilt = new byte[missing.size()][shardSize];
        if (!missing.isEmpty()) {
            byte[][] inputs =
                    sources.stream().map(i -> shards.get(i).orElseThrow()).toArray(byte[][]::new);
            kernel.multiply(fromSources(missing, sources), Rows.of(inputs), Rows.of(rebuilt), shardSize);
        }
        return wanted.stream()
                .map(i -> shards.get(i).orElseGet(() -> rebuilt[missing.indexOf(i)]))
                .toList();
    }

    private int checkedShardSize(List<Optional<byte[]>> shards) {
        if (shards.size() != totalShards()) {
            throw new CesFailure(
                    Kind.WRONG_SHARD_COUNT,
                    shards.size() + " places for shards given, " + dataShards + "+" + parityShards + " have "
                            + totalShards());
        }
        List<Integer> lengths = shards.stream()
                .flatMap(Optional::stream)
                .map(shard -> shard.length)
                .toList();
        checkSuffice(lengths.size());
        int shardSize = lengths.getFirst();
        if (shardSize == 0 || lengths.stream().anyMatch(length -> length != shardSize)) {
            throw new CesFailure(Kind.WRONG_SHARD_LENGTH, "shards must have one positive length, not " + lengths);
        }
        return shardSize;
    }

    private void checkShards(ShardBuffer stripe) {
        if (stripe.shards() != totalShards()) {
            throw new IllegalArgumentException("a stripe of " + stripe.shards() + " shards, " + dataShards + "+"
                    + parityShards + " have " + totalShards());
        }
    }

    private void checkNumbers(SortedSet<Integer> shards) {
        if (!shards.isEmpty() && (shards.first() < 0 || shards.last() >= totalShards())) {
            throw new IllegalArgumentException("shards " + shards + " of " + totalShards());
        }
    }

    private void checkSuffice(int present) {
        if (present < dataShards) {
            throw new CesFailure(
                    Kind.TOO_FEW_SHARDS,
                    present + " of " + totalShards() + " shards are present, " + dataShards + " are needed");
        }
    }

    private GaloisMatrix parityRows() {
        return generator.rows(range(dataShards, totalShards()));
    }

    /** Data is the inverse of the rows of the sources, times the sources; and every shard its row times data. */
    private GaloisMatrix fromSources(List<Integer> missing, List<Integer> sources) {
        return generator.rows(missing).times(generator.rows(sources).inverse());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
