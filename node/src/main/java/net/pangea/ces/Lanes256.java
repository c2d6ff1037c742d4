package net.pangea.ces;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** The inner loop with vectors of 32 bytes: AVX2. {@link Lanes512} explains it. */
final class Lanes256 implements Lanes {
    static final Lanes256 INSTANCE = new Lanes256();

    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    private static final byte LOW_HALF = 0x0f;

    private Lanes256() {}

    @Override
    public int stepBytes() {
        return 2 * LANES;
    }

    @Override
    public void multiply(Strip strip, int first, int last, int from, int size) {
        byte[] tables = NibbleProducts.BYTES;
        int[] products = strip.products;
        Rows inputs = strip.inputs;
        byte[] out0 = strip.outputs[0];
        byte[] out1 = strip.outputs[1];
        byte[] out2 = strip.outputs[2];
        byte[] out3 = strip.outputs[3];
        for (int at = from; at < from + size; at += 2 * LANES) {
            int at0 = strip.starts[0] + at;
            int at1 = strip.starts[1] + at;
            int at2 = strip.starts[2] + at;
            int at3 = strip.starts[3] + at;
            ByteVector a0 = ByteVector.zero(SPECIES);
            ByteVector a1 = a0;
            ByteVector a2 = a0;
            ByteVector a3 = a0;
            ByteVector b0 = a0;
            ByteVector b1 = a0;
            ByteVector b2 = a0;
            ByteVector b3 = a0;
            if (first > 0) {
                a0 = ByteVector.fromArray(SPECIES, out0, at0);
                b0 = ByteVector.fromArray(SPECIES, out0, at0 + LANES);
                a1 = ByteVector.fromArray(SPECIES, out1, at1);
                b1 = ByteVector.fromArray(SPECIES, out1, at1 + LANES);
                a2 = ByteVector.fromArray(SPECIES, out2, at2);
                b2 = ByteVector.fromArray(SPECIES, out2, at2 + LANES);
                a3 = ByteVector.fromArray(SPECIES, out3, at3);
                b3 = ByteVector.fromArray(SPECIES, out3, at3 + LANES);
            }
            for (int c = first; c < last; c++) {
                byte[] in = inputs.array(c);
                int inAt = inputs.start(c) + at;
                ByteVector a = ByteVector.fromArray(SPECIES, in, inAt);
                ByteVector b = ByteVector.fromArray(SPECIES, in, inAt + LANES);
                ByteVector aLow = a.and(LOW_HALF);
                ByteVector aHigh = a.lanewise(LSHR, 4);
                ByteVector bLow = b.and(LOW_HALF);
                ByteVector bHigh = b.lanewise(LSHR, 4);

                int table = products[Strip.OUTPUTS * c];
                ByteVector low = ByteVector.fromArray(SPECIES, tables, table);
                ByteVector high = ByteVector.fromArray(SPECIES, tables, table + NibbleProducts.TABLE_BYTES);
                a0 = a0.lanewise(XOR, aLow.selectFrom(low)).lanewise(XOR, aHigh.selectFrom(high));
                b0 = b0.lanewise(XOR, bLow.selectFrom(low)).lanewise(XOR, bHigh.selectFrom(high));

                table = products[Strip.OUTPUTS * c + 1];
                low = ByteVector.fromArray(SPECIES, tables, table);
                high = ByteVector.fromArray(SPECIES, tables, table + NibbleProducts.TABLE_BYTES);
                a1 = a1.lanewise(XOR, aLow.selectFrom(low)).lanewise(XOR, aHigh.selectFrom(high));
                b1 = b1.lanewise(XOR, bLow.selectFrom(low)).lanewise(XOR, bHigh.selectFrom(high));

                table = products[Strip.OUTPUTS * c + 2];
                low = ByteVector.fromArray(SPECIES, tables, table);
                high = ByteVector.fromArray(SPECIES, tables, table + NibbleProducts.TABLE_BYTES);
                a2 = a2.lanewise(XOR, aLow.selectFrom(low)).lanewise(XOR, aHigh.selectFrom(high));
                b2 = b2.lanewise(XOR, bLow.selectFrom(low)).lanewise(XOR, bHigh.selectFrom(high));

                table = products[Strip.OUTPUTS * c + 3];
                low = ByteVector.fromArray(SPECIES, tables, table);
                high = ByteVector.fromArray(SPECIES, tables, table + NibbleProducts.TABLE_BYTES);
                a3 = a3.lanewise(XOR, aLow.selectFrom(low)).lanewise(XOR, aHigh.selectFrom(high));
                b3 = b3.lanewise(XOR, bLow.selectFrom(low)).lanewise(XOR, bHigh.selectFrom(high));
            }
            a0.intoArray(out0, at0);
            b0.intoArray(out0, at0 + LANES);
            a1.intoArray(out1, at1);
            b1.intoArray(out1, at1 + LANES);
            a2.intoArray(out2, at2);
            b2.intoArray(out2, at2 + LANES);
            a3.intoArray(out3, at3);
            b3.intoArray(out3, at3 + LANES);
        }
    }
}
