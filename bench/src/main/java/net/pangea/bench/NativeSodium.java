package net.pangea.bench;

import static net.pangea.bench.NativeLibrary.INT;
import static net.pangea.bench.NativeLibrary.LONG;
import static net.pangea.bench.NativeLibrary.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The system's libsodium: XChaCha20-Poly1305 without associated data. */
final class NativeSodium {
    static final String FILE = "libsodium.so.23";

    private final String version;
    private final MethodHandle seal;
    private final MethodHandle open;

    private NativeSodium(NativeLibrary library) {
        version = library.text("sodium_version_string");
        try {
            // Finds out what the processor can do; without it the slow portable code runs.
            int result = (int)
                    library.function("sodium_init", FunctionDescriptor.of(INT)).invokeExact();
            if (result < 0) {
                throw new IllegalStateException("libsodium does not start");
            }
        } catch (Throwable e) {
            throw NativeLibrary.failed("sodium_init", e);
        }
        seal = library.function(
                "crypto_aead_xchacha20poly1305_ietf_encrypt",
                FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, LONG, POINTER, LONG, POINTER, POINTER, POINTER));
        open = library.function(
                "crypto_aead_xchacha20poly1305_ietf_decrypt",
                FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, LONG, POINTER, LONG, POINTER, POINTER));
    }

    static Optional<NativeSodium> find() {
        return NativeLibrary.find(FILE).map(NativeSodium::new);
    }

    String name() {
        return "libsodium " + version;
    }

    /** Fills {@code sealed}, as long as {@code plain} and a tag. */
    void seal(MemorySegment key, MemorySegment nonce, MemorySegment plain, MemorySegment sealed) {
        MemorySegment none = MemorySegment.NULL;
        int result;
        try {
            result = (int) seal.invokeExact(sealed, none, plain, plain.byteSize(), none, 0L, none, nonce, key);
        } catch (Throwable e) {
            throw NativeLibrary.failed("crypto_aead_xchacha20poly1305_ietf_encrypt", e);
        }
        check(result);
    }

    /** Fills {@code plain}, as long as {@code sealed} without its tag. */
    void open(MemorySegment key, MemorySegment nonce, MemorySegment sealed, MemorySegment plain) {
        MemorySegment none = MemorySegment.NULL;
        int result;
        try {
            result = (int) open.invokeExact(plain, none, none, sealed, sealed.byteSize(), none, 0L, nonce, key);
        } catch (Throwable e) {
            throw NativeLibrary.failed("crypto_aead_xchacha20poly1305_ietf_decrypt", e);
        }
        check(result);
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("libsodium refused: " + result);
        }
    }
}
