package net.pangea.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** The cipher suites over 1 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CipherBenchmark {
    private static final int PLAIN_BYTES = 1 << 20;
    private static final byte[] NO_ASSOCIATED_DATA = {};

    @Param
    public Suite suite = Suite.XCHACHA20_POLY1305;

    private final byte[] key = new byte[Suite.KEY_BYTES];
    private final byte[] plain = new byte[PLAIN_BYTES];
    private byte[] sealed = {};
    private byte[] nonce = {};

    @Setup
    public void prepare() {
        new Random(42).nextBytes(plain);
        nonce = new byte[suite.nonceBytes()];
        suite.warmUp();
        sealed = suite.seal(key, nonce, NO_ASSOCIATED_DATA, plain);
    }

    @Benchmark
    public byte[] seal() {
        return suite.seal(key, nonce, NO_ASSOCIATED_DATA, plain);
    }

    @Benchmark
    public byte[] open() {
        return suite.open(key, nonce, NO_ASSOCIATED_DATA, sealed);
    }
}
