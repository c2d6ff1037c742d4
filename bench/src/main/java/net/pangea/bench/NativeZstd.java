package net.pangea.bench;

import static net.pangea.bench.NativeLibrary.INT;
import static net.pangea.bench.NativeLibrary.LONG;
import static net.pangea.bench.NativeLibrary.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The system's libzstd, with one context each way that lives as long as the process. */
final class NativeZstd {
    static final String FILE = "libzstd.so.1";

    private static final int COMPRESSION_LEVEL = 100;
    private static final int CONTENT_SIZE_FLAG = 200;

    private final String version;
    private final MethodHandle setParameter;
    private final MethodHandle compress;
    private final MethodHandle decompress;
    private final MemorySegment compressor;
    private final MemorySegment decompressor;

    private NativeZstd(NativeLibrary library) {
        version = library.text("ZSTD_versionString");
        setParameter = library.function("ZSTD_CCtx_setParameter", FunctionDescriptor.of(LONG, POINTER, INT, INT));
        compress =
                library.function("ZSTD_compress2", FunctionDescriptor.of(LONG, POINTER, POINTER, LONG, POINTER, LONG));
        decompress = library.function(
                "ZSTD_decompressDCtx", FunctionDescriptor.of(LONG, POINTER, POINTER, LONG, POINTER, LONG));
        compressor = context(library, "ZSTD_createCCtx");
        decompressor = context(library, "ZSTD_createDCtx");
        set(CONTENT_SIZE_FLAG, 0);
    }

    static Optional<NativeZstd> find() {
        return NativeLibrary.find(FILE).map(NativeZstd::new);
    }

    String name() {
        return "libzstd " + version;
    }

    private static MemorySegment context(NativeLibrary library, String create) {
        try {
            return (MemorySegment) library.function(create, FunctionDescriptor.of(ValueLayout.ADDRESS))
                    .invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.failed(create, e);
        }
    }

    void setLevel(int level) {
        set(COMPRESSION_LEVEL, level);
    }

    private void set(int parameter, int value) {
        try {
            long _ = checked((long) setParameter.invokeExact(compressor, parameter, value));
        } catch (Throwable e) {
            throw NativeLibrary.failed("ZSTD_CCtx_setParameter", e);
        }
    }

    /** {@return how many bytes of {@code target} the frame takes} */
    long compress(MemorySegment source, MemorySegment target) {
        try {
            return checked(
                    (long) compress.invokeExact(compressor, target, target.byteSize(), source, source.byteSize()));
        } catch (Throwable e) {
            throw NativeLibrary.failed("ZSTD_compress2", e);
        }
    }

    long decompress(MemorySegment source, MemorySegment target) {
        try {
            return checked(
                    (long) decompress.invokeExact(decompressor, target, target.byteSize(), source, source.byteSize()));
        } catch (Throwable e) {
            throw NativeLibrary.failed("ZSTD_decompressDCtx", e);
        }
    }

    /** Errors are the negatives of small numbers. */
    private static long checked(long result) {
        if (result < 0) {
            throw new IllegalStateException("zstd error " + -result);
        }
        return result;
    }
}
