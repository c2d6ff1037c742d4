package net.pangea.ces;

import java.util.List;
import java.util.OptionalLong;
import net.pangea.ces.CesFailure.Kind;

/** The numbers of data and parity shards, and the checks that shards must pass before they are decoded. */
record Stripe(int dataShards, int parityShards) {
    private static final int SHARDS_MAX = 256;

    Stripe {
        if (dataShards < 1 || parityShards < 0 || dataShards > SHARDS_MAX - parityShards) {
            throw new CesFailure(
                    Kind.BAD_REDUNDANCY,
                    "no code of " + dataShards + "+" + parityShards
                            + " shards: choose at least 1 data shard, no fewer than 0 parity shards, and at most "
                            + SHARDS_MAX + " in all");
        }
    }

    int totalShards() {
        return dataShards + parityShards;
    }

    /**
     * {@return the one length of the shards that are present}
     *
     * @throws CesFailure WRONG_SHARD_COUNT, TOO_FEW_SHARDS or WRONG_SHARD_LENGTH
     */
    long shardBytes(List<OptionalLong> lengths) {
        if (lengths.size() != totalShards()) {
            throw new CesFailure(
                    Kind.WRONG_SHARD_COUNT,
                    lengths.size() + " places for shards given, " + dataShards + "+" + parityShards + " have "
                            + totalShards());
        }
        List<Long> present = lengths.stream()
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
        if (present.size() < dataShards) {
            throw new CesFailure(
                    Kind.TOO_FEW_SHARDS,
                    present.size() + " of " + totalShards() + " shards are present, " + dataShards + " are needed");
        }
        long length = present.getFirst();
        if (length == 0 || present.stream().anyMatch(other -> other != length)) {
            throw new CesFailure(
                    Kind.WRONG_SHARD_LENGTH,
                    "shards must have one positive length, not " + present + "; leave out those that are wrong");
        }
        return length;
    }
}
