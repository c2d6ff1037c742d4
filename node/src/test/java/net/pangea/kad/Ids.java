package net.pangea.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

/** Ids of peers, as many as somebody has who tries keys until he has those that he wants. */
final class Ids {
    private static final int KEY_BYTES = 32;

    private final TreeMap<Key, PeerId> ids = new TreeMap<>();

    Ids(int count, RandomStream random) {
        for (int i = 0; i < count; i++) {
            PeerId id = random(random);
            ids.put(Key.of(id), id);
        }
    }

    /** {@return the id of some Ed25519 key} */
    static PeerId random(RandomStream random) {
        byte[] publicKey = new byte[KEY_BYTES];
        random.fill(publicKey);
        return new PeerId(new ByteWriter()
                .u8(0)
                .u8(4 + KEY_BYTES)
                .u32(0x08011220)
                .raw(Bytes.wrap(publicKey))
                .toBytes());
    }

    /** {@return the id of some Ed25519 key that shares exactly so many bits with a key, in the key space} */
    static PeerId sharing(Key key, int bits, RandomStream random) {
        PeerId id = random(random);
        while (Key.of(id).commonPrefix(key) != bits) {
            id = random(random);
        }
        return id;
    }

    /** {@return some peer, of which it is not known where it is} */
    static Contact contact(RandomStream random) {
        return new Contact(random(random), List.of());
    }

    /** {@return so many of these} */
    static List<Contact> contacts(int count, RandomStream random) {
        return Stream.generate(() -> contact(random)).limit(count).toList();
    }

    /** {@return some that are very close to a key, nearly the closest} */
    List<PeerId> near(Key key, int count) {
        // Numbers next to each other have long prefixes in common, with few exceptions.
        List<Map.Entry<Key, PeerId>> around = new ArrayList<>();
        Map.Entry<Key, PeerId> below = ids.floorEntry(key);
        Map.Entry<Key, PeerId> above = ids.higherEntry(key);
        for (int i = 0; i < 2 * count; i++) {
            if (below != null) {
                around.add(below);
                below = ids.lowerEntry(below.getKey());
            }
            if (above != null) {
                around.add(above);
                above = ids.higherEntry(above.getKey());
            }
        }
        return around.stream()
                .sorted(Map.Entry.comparingByKey(key.byDistance()))
                .limit(count)
                .map(Map.Entry::getValue)
                .toList();
    }
}
