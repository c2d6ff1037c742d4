package net.pangea.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.pangea.ces.XChaCha20Poly1305;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** XChaCha20-Poly1305 over 1 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CipherBenchmark {
    private static final int PLAIN_BYTES = 1 << 20;
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final byte[] key = new byte[XChaCha20Poly1305.KEY_BYTES];
    private final byte[] nonce = new byte[XChaCha20Poly1305.NONCE_BYTES];
    private final byte[] plain = new byte[PLAIN_BYTES];
    private byte[] sealed = {};

    @Setup
    public void prepare() {
        new Random(42).nextBytes(plain);
        sealed = XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, plain);
    }

    @Benchmark
    public byte[] seal() {
        return XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, plain);
    }

    @Benchmark
    public byte[] open() {
        return XChaCha20Poly1305.open(key, nonce, NO_ASSOCIATED_DATA, sealed);
    }
}
