package net.pangea.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** A library in C of this computer, whose functions are called as C calls them. */
@SuppressWarnings("restricted") // C is called as C is: what it is told is true, or the process dies
final class NativeLibrary {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final int TEXT_BYTES_MAX = 256;

    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** {@return the library of that file name, if it is installed} */
    static Optional<NativeLibrary> find(String file) {
        try {
            return Optional.of(new NativeLibrary(SymbolLookup.libraryLookup(file, Arena.global())));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // not there: the caller says so
        }
    }

    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    /** {@return what a function without arguments says in words} */
    String text(String name) {
        MethodHandle function = function(name, FunctionDescriptor.of(ValueLayout.ADDRESS));
        try {
            MemorySegment text = (MemorySegment) function.invokeExact();
            return text.reinterpret(TEXT_BYTES_MAX).getString(0);
        } catch (Throwable e) {
            throw failed(name, e);
        }
    }

    static IllegalStateException failed(String function, Throwable cause) {
        return new IllegalStateException("the call of " + function + " failed", cause);
    }
}
