package net.pangea.multiformats;

import java.util.Arrays;
import java.util.Random;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/** Changes of bytes that readers stumble over, drawn from a seed. */
public final class Mutations {
    /** Bytes that mean something in these formats: continued varints, sizes, tags, slashes and signs. */
    private static final int[] TELLING = {0x00, 0x01, 0x7f, 0x80, 0xff, 0x12, 0x20, 0x0a, 0x30, '/', '%', '1', 'z'};

    private Mutations() {}

    /** {@return bytes with up to three changes} */
    public static Bytes of(Bytes bytes, Random random) {
        Bytes mutated = bytes;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutated = once(mutated, random);
        }
        return mutated;
    }

    private static Bytes once(Bytes bytes, Random random) {
        int size = bytes.size();
        int at = random.nextInt(size + 1);
        int until = Math.min(size, at + random.nextInt(9));
        ByteWriter out = new ByteWriter().raw(bytes.slice(0, at));
        return switch (random.nextInt(7)) {
            case 0 -> out.toBytes();
            case 1 -> out.raw(bytes.slice(until, size)).toBytes();
            case 2 -> out.u8(telling(random)).raw(bytes.slice(at, size)).toBytes();
            case 3 ->
                out.u8(telling(random))
                        .raw(bytes.slice(Math.min(size, at + 1), size))
                        .toBytes();
            case 4 -> out.raw(bytes.slice(at, until)).raw(bytes.slice(at, size)).toBytes();
            case 5 ->
                out.raw(filled(telling(random), random.nextInt(20)))
                        .raw(bytes.slice(at, size))
                        .toBytes();
            default -> flipped(bytes, at, random);
        };
    }

    private static Bytes flipped(Bytes bytes, int at, Random random) {
        byte[] array = bytes.toArray();
        if (at < array.length) {
            array[at] ^= (byte) (1 << random.nextInt(8));
        }
        return Bytes.wrap(array);
    }

    private static int telling(Random random) {
        return random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt(256);
    }

    private static Bytes filled(int value, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }
}
