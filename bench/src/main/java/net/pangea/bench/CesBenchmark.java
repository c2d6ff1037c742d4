package net.pangea.bench;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.pangea.bytes.Bytes;
import net.pangea.ces.Ces;
import net.pangea.ces.ContentType;
import net.pangea.ces.Suite;
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

/** Compress, encrypt and shard 1 MiB into 8 + 4 shards, and back with 4 data shards lost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CesBenchmark {
    private static final int CONTENT_BYTES = 1 << 20;
    private static final int DATA_SHARDS = 8;
    private static final int PARITY_SHARDS = 4;

    /** What the content is like. */
    public enum Content {
        /** Words of a small vocabulary, which compress well. */
        TEXT,
        /** Uniform bytes, which do not. */
        RANDOM
    }

    @Param
    public Content content = Content.TEXT;

    @Param
    public Suite suite = Suite.XCHACHA20_POLY1305;

    /** 0: tables. */
    @Param("512")
    public int vectorBits;

    private Ces ces = new Ces(DATA_SHARDS, PARITY_SHARDS, 0);
    private final SecureRandom nonces = new SecureRandom();
    private final byte[] key = new byte[Ces.KEY_BYTES];
    private byte[] plain = {};
    private ContentType type = ContentType.UNKNOWN;
    private List<Optional<Bytes>> shards = List.of();

    @Setup
    public void prepare() {
        plain = content == Content.TEXT ? Corpus.text(CONTENT_BYTES) : Corpus.noise(CONTENT_BYTES);
        type = ContentType.of(plain);
        ces = new Ces(DATA_SHARDS, PARITY_SHARDS, vectorBits);
        suite.warmUp();
        shards = new ArrayList<>(ces.encode(plain, type, suite, key, nonces).stream()
                .map(Optional::of)
                .toList());
        for (int lost = 0; lost < PARITY_SHARDS; lost++) {
            shards.set(2 * lost, Optional.empty());
        }
    }

    @Benchmark
    public List<Bytes> store() {
        return ces.encode(plain, type, suite, key, nonces);
    }

    @Benchmark
    public byte[] fetch() {
        return ces.decode(shards, suite, key, CONTENT_BYTES);
    }
}
