package net.pangea.bench;

import static net.pangea.bench.NativeLibrary.INT;
import static net.pangea.bench.NativeLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The system's ISA-L: a matrix times rows of bytes, over the field that we use too. */
final class NativeIsal {
    static final String FILE = "libisal.so.2";

    private static final int TABLE_BYTES = 32;

    private final MethodHandle initTables;
    private final MethodHandle encodeData;

    private NativeIsal(NativeLibrary library) {
        initTables = library.function("ec_init_tables", FunctionDescriptor.ofVoid(INT, INT, POINTER, POINTER));
        encodeData =
                library.function("ec_encode_data", FunctionDescriptor.ofVoid(INT, INT, INT, POINTER, POINTER, POINTER));
    }

    static Optional<NativeIsal> find() {
        return NativeLibrary.find(FILE).map(NativeIsal::new);
    }

    /** A matrix and the places of the rows it is multiplied with: what stays the same from object to object. */
    final class Product {
        private final int length;
        private final int inputCount;
        private final int outputCount;
        private final MemorySegment factors;
        private final MemorySegment tables;
        private final MemorySegment inputs;
        private final MemorySegment outputs;

        private Product(byte[][] matrix, List<MemorySegment> inputs, List<MemorySegment> outputs) {
            Arena arena = Arena.global();
            length = Math.toIntExact(inputs.getFirst().byteSize());
            inputCount = inputs.size();
            outputCount = outputs.size();
            factors = arena.allocate((long) inputCount * outputCount);
            for (int r = 0; r < outputCount; r++) {
                MemorySegment.copy(MemorySegment.ofArray(matrix[r]), 0, factors, (long) r * inputCount, inputCount);
            }
            tables = arena.allocate((long) TABLE_BYTES * inputCount * outputCount, 64);
            this.inputs = pointers(arena, inputs);
            this.outputs = pointers(arena, outputs);
        }

        /** Tables are made anew each time, as we make ours. */
        void run() {
            try {
                initTables.invokeExact(inputCount, outputCount, factors, tables);
                encodeData.invokeExact(length, inputCount, outputCount, tables, inputs, outputs);
            } catch (Throwable e) {
                throw NativeLibrary.failed("ec_encode_data", e);
            }
        }

        private static MemorySegment pointers(Arena arena, List<MemorySegment> rows) {
            MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                pointers.setAtIndex(ValueLayout.ADDRESS, i, rows.get(i));
            }
            return pointers;
        }
    }

    /** {@return the product of a matrix, a row for each output, with rows of one length} */
    Product product(byte[][] matrix, List<MemorySegment> inputs, List<MemorySegment> outputs) {
        return new Product(matrix, inputs, outputs);
    }
}
