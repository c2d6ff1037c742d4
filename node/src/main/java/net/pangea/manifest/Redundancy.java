package net.pangea.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many shards a segment has, and how many columns must be durable before an object is acknowledged.
 *
 * @param dataShards k: so many give the segment back
 * @param parityShards m: so many may be lost
 * @param quorum from k to k + m
 */
public record Redundancy(int dataShards, int parityShards, int quorum) {
    /** 8+4, acknowledged with 10: an object survives any two losses from the first moment. */
    public static final Redundancy DEFAULT = of(8, 4);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})\\+([0-9]{1,3})");

    public Redundancy {
        if (dataShards < 1 || parityShards < 0 || dataShards + parityShards > ObjectLimits.MAX_COLUMNS) {
            throw new IllegalArgumentException("at least 1 data shard, no negative parity, and at most "
                    + ObjectLimits.MAX_COLUMNS + " shards together, not " + dataShards + "+" + parityShards);
        }
        if (quorum < dataShards || quorum > dataShards + parityShards) {
            throw new IllegalArgumentException(
                    "a quorum is " + dataShards + " to " + (dataShards + parityShards) + ", not " + quorum);
        }
    }

    /** {@return k+m with the usual quorum, half of the parity: 10 of 8+4} */
    public static Redundancy of(int dataShards, int parityShards) {
        return new Redundancy(dataShards, parityShards, dataShards + Math.ceilDiv(parityShards, 2));
    }

    /** {@return what {@code text} spells, {@code 8+4}, with the usual quorum} */
    public static Optional<Redundancy> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int dataShards = Integer.parseInt(matcher.group(1));
        int parityShards = Integer.parseInt(matcher.group(2));
        boolean valid = dataShards >= 1 && dataShards + parityShards <= ObjectLimits.MAX_COLUMNS;
        return valid ? Optional.of(of(dataShards, parityShards)) : Optional.empty();
    }

    /** {@return k + m} */
    public int columns() {
        return dataShards + parityShards;
    }

    @Override
    public String toString() {
        return dataShards + "+" + parityShards;
    }
}
