package net.pangea.bench;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;

/**
 * The matrices of a code whose first m data shards are lost, for libraries that take matrices. Read off the code by
 * handing it shards that are rows of the identity.
 */
final class Matrices {
    private final ReedSolomon code;

    Matrices(ReedSolomon code) {
        this.code = code;
    }

    int dataShards() {
        return code.dataShards();
    }

    int totalShards() {
        return code.totalShards();
    }

    SortedSet<Integer> lost() {
        return range(0, code.parityShards());
    }

    /** {@return k shards, all that are not lost} */
    SortedSet<Integer> present() {
        return range(code.parityShards(), totalShards());
    }

    /** {@return a row for each parity shard, with a factor for each data shard} */
    byte[][] parity() {
        ShardBuffer stripe = identity(range(0, dataShards()));
        code.encode(stripe);
        return rows(stripe, range(dataShards(), totalShards()));
    }

    /** {@return a row for each lost shard, with a factor for each present one} */
    byte[][] rebuilding() {
        ShardBuffer stripe = identity(present());
        code.reconstruct(stripe, present(), lost());
        return rows(stripe, lost());
    }

    private ShardBuffer identity(SortedSet<Integer> shards) {
        ShardBuffer stripe = ShardBuffer.joined(totalShards(), dataShards());
        int column = 0;
        for (int shard : shards) {
            stripe.bytes()[stripe.at(shard) + column] = 1;
            column++;
        }
        return stripe;
    }

    private static byte[][] rows(ShardBuffer stripe, SortedSet<Integer> shards) {
        return shards.stream().map(stripe::shard).toArray(byte[][]::new);
    }

    private static SortedSet<Integer> range(int from, int to) {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(IntStream.range(from, to).boxed().toList()));
    }
}
