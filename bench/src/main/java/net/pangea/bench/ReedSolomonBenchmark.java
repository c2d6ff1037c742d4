package net.pangea.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.pangea.ces.ReedSolomon;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reed-Solomon 8 + 4 over 1 MiB of data: all parity, and 4 lost data shards. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReedSolomonBenchmark {
    private static final int DATA_SHARDS = 8;
    private static final int PARITY_SHARDS = 4;
    private static final int SHARD_BYTES = (1 << 20) / DATA_SHARDS;

    /** 0: tables. */
    @Param({"0", "512"})
    public int vectorBits;

    private ReedSolomon code = new ReedSolomon(DATA_SHARDS, PARITY_SHARDS);
    private final List<byte[]> data = new ArrayList<>();
    private final List<Optional<byte[]>> present = new ArrayList<>();

    @Setup
    public void prepare() {
        code = new ReedSolomon(DATA_SHARDS, PARITY_SHARDS, vectorBits);
        Random random = new Random(42);
        for (int i = 0; i < DATA_SHARDS; i++) {
            byte[] shard = new byte[SHARD_BYTES];
            random.nextBytes(shard);
            data.add(shard);
        }
        code.encode(data).forEach(shard -> present.add(Optional.of(shard)));
        for (int lost = 0; lost < PARITY_SHARDS; lost++) {
            present.set(lost, Optional.empty());
        }
    }

    @Benchmark
    public List<byte[]> encode() {
        return code.encode(data);
    }

    @Benchmark
    public List<byte[]> reconstruct() {
        return code.reconstruct(present, List.of(0, 1, 2, 3));
    }
}
