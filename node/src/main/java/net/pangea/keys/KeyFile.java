package net.pangea.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.KeyFailure.Kind;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/**
 * The file {@value #NAME} of a node's data folder, which nobody but its owner may read.
 *
 * <pre>
 * magic "PGK" | version 1 (1) | identity seed (32) | master key (32) | SHA-256 of all before (32)
 * </pre>
 *
 * <p>It is written once: under another name, synced, renamed, and the folder synced, before anybody learns the keys.
 * So after a crash there is the whole file or none; and keys that were used once are never lost, since whoever finds the
 * file syncs the folder too, in case that an earlier life ended in between.
 *
 * <p>One at a time: whoever uses it has locked the data folder.
 */
public final class KeyFile {
    /** In the data folder. */
    public static final String NAME = "keys";

    private static final String UNFINISHED = "keys.new";
    private static final String FOLDER = "";

    private static final int MAGIC = 'P' << 16 | 'G' << 8 | 'K';
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 4 + SigningKey.SEED_BYTES + MasterKey.SIZE_BYTES;
    private static final int SIZE_BYTES = CHECKED_BYTES + Sha256.SIZE_BYTES;

    private final Disk disk;

    public KeyFile(Disk disk) {
        this.disk = disk;
    }

    /**
     * {@return the keys, if there is a key file}
     *
     * @throws KeyFailure DAMAGED or FOREIGN
     */
    public Optional<Keys> load() {
        Bytes bytes;
        try (DiskFile file = disk.open(NAME, Disk.Mode.READ)) {
            ByteBuffer content = ByteBuffer.allocate(SIZE_BYTES + 1);
            int size = file.read(0, content);
            bytes = Bytes.copyOf(content.array()).slice(0, size);
        } catch (DiskFailure e) {
            if (e.kind() == DiskFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        Keys keys = decode(bytes);
        disk.syncDirectory(FOLDER);
        return Optional.of(keys);
    }

    /**
     * {@return the keys of the key file, which is made with keys drawn from {@code secrets} if there is none}
     *
     * @throws KeyFailure DAMAGED, FOREIGN or NOT_PRIVATE
     */
    public Keys loadOrDraw(SecureRandom secrets) {
        Optional<Keys> there = load();
        if (there.isPresent()) {
            return there.get();
        }
        Keys drawn = Keys.draw(secrets);
        store(drawn);
        return drawn;
    }

    /**
     * Makes the key file of keys that were exported elsewhere. Nothing happens if it has these keys already.
     *
     * @throws KeyFailure OTHER_KEYS if it has others, which stay; DAMAGED, FOREIGN or NOT_PRIVATE
     */
    public void importKeys(Keys keys) {
        Optional<Keys> there = load();
        if (there.isEmpty()) {
            store(keys);
        } else if (!there.get().equals(keys)) {
            throw new KeyFailure(
                    Kind.OTHER_KEYS,
                    "the data folder has other keys, and without them nobody reads what was stored with them: import into"
                            + " an empty data folder, or export them first and then delete its file " + NAME);
        }
    }

    private void store(Keys keys) {
        try {
            disk.delete(UNFINISHED); // of a life that ended before it was complete
        } catch (DiskFailure e) {
            if (e.kind() != DiskFailure.Kind.NOT_FOUND) {
                throw e;
            }
        }
        try (DiskFile file = create()) {
            file.write(0, encode(keys).asBuffer());
            file.sync();
        }
        disk.rename(UNFINISHED, NAME);
        disk.syncDirectory(FOLDER);
    }

    private DiskFile create() {
        try {
            return disk.open(UNFINISHED, Disk.Mode.CREATE_PRIVATE);
        } catch (DiskFailure e) {
            if (e.kind() == DiskFailure.Kind.NOT_PERMITTED) {
                throw new KeyFailure(Kind.NOT_PRIVATE, "the keys cannot be kept: " + e.getMessage());
            }
            throw e;
        }
    }

    private static Bytes encode(Keys keys) {
        Bytes checked = new ByteWriter()
                .u32(MAGIC << 8 | VERSION)
                .raw(keys.identitySeed())
                .raw(keys.master().bytes())
                .toBytes();
        return new ByteWriter().raw(checked).raw(Sha256.of(checked).bytes()).toBytes();
    }

    private static Keys decode(Bytes bytes) {
        if (bytes.size() < Integer.BYTES) {
            throw damaged("is cut off");
        }
        ByteReader in = new ByteReader(bytes);
        int begin = (int) in.u32();
        if (begin >>> 8 != MAGIC) {
            throw foreign("is no key file of Pangea: move it away, or choose another data folder");
        }
        if ((begin & 0xff) != VERSION) {
            throw foreign("was written by another version of Pangea (format " + (begin & 0xff) + ", not " + VERSION
                    + "): use that version");
        }
        if (bytes.size() != SIZE_BYTES
                || !Sha256.of(bytes.slice(0, CHECKED_BYTES)).bytes().equals(bytes.slice(CHECKED_BYTES, SIZE_BYTES))) {
            throw damaged("is not as it was written");
        }
        return new Keys(in.raw(SigningKey.SEED_BYTES), new MasterKey(in.raw(MasterKey.SIZE_BYTES)));
    }

    private static KeyFailure damaged(String how) {
        return new KeyFailure(
                Kind.DAMAGED,
                "the file " + NAME + " of the data folder " + how + ": move it away and import the keys that were"
                        + " exported; without them, nobody reads what was stored with them");
    }

    private static KeyFailure foreign(String how) {
        return new KeyFailure(Kind.FOREIGN, "the file " + NAME + " of the data folder " + how);
    }
}
