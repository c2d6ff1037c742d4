package net.pangea.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import net.pangea.ces.ShardBuffer;

/** The hashing that storing and fetching do besides coding: of the content, and a Merkle root of each shard. */
final class Hashing {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final byte LEAF = 0;
    private static final byte INNER = 1;

    private final MessageDigest sha256;

    Hashing() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    byte[] content(byte[] content) {
        return sha256.digest(content);
    }

    /** {@return the roots of the shards from {@code from} to {@code to} (exclusive)} */
    List<byte[]> roots(ShardBuffer stripe, int from, int to) {
        List<byte[]> roots = new ArrayList<>();
        for (int shard = from; shard < to; shard++) {
            roots.add(root(stripe.bytes(), stripe.at(shard), stripe.shardSize()));
        }
        return roots;
    }

    private byte[] root(byte[] bytes, int from, int size) {
        List<byte[]> level = new ArrayList<>();
        for (int at = 0; at < size; at += BLOCK_BYTES) {
            sha256.update(LEAF);
            sha256.update(bytes, from + at, Math.min(BLOCK_BYTES, size - at));
            level.add(sha256.digest());
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                sha256.update(INNER);
                sha256.update(level.get(i));
                above.add(sha256.digest(level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }
}
