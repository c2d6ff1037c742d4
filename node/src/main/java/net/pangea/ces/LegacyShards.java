package net.pangea.ces;

import java.util.List;
import java.util.Optional;

/**
 * The shards of one object of the original network, as files on a machine's disk.
 *
 * @param dataShards k
 * @param parityShards m
 * @param paths one place for each of the k + m shards, data first, empty where the shard is missing or known to be
 *     rotten
 */
public record LegacyShards(int dataShards, int parityShards, List<Optional<String>> paths) {
    public LegacyShards {
        paths = List.copyOf(paths);
    }
}
