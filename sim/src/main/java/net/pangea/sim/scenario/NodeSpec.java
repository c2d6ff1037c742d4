package net.pangea.sim.scenario;

/**
 * The settings of every node. Times are nanoseconds, rates bits a second, sizes bytes.
 *
 * @param leaseNanos how long what is put is kept
 * @param catalogueNanos how soon after a change a catalogue is stored
 * @param repairGraceNanos how long a shard must be missing before it is rebuilt
 * @param repairScanNanos how often a node looks for missing shards
 * @param repairAuditNanos how often a holder has to prove what it holds
 * @param repairBitsPerSecond the most that repair takes
 * @param quotaBytes for one owner
 * @param unknownBytes for all owners who are not on the list
 * @param scrubBitsPerSecond how fast what is held is read through
 * @param collectNanos how often a node looks for what has expired
 * @param collectAfterNanos how long after expiry
 * @param uploadNanos how long unfinished uploads are kept
 * @param trashNanos how long trash is kept
 */
public record NodeSpec(
        Shards shards,
        long leaseNanos,
        long catalogueNanos,
        long repairGraceNanos,
        long repairScanNanos,
        long repairAuditNanos,
        long repairBitsPerSecond,
        long quotaBytes,
        long unknownBytes,
        long scrubBitsPerSecond,
        long collectNanos,
        long collectAfterNanos,
        long uploadNanos,
        long trashNanos) {

    static NodeSpec of(Arguments node) {
        Arguments repair = node.get(Keys.REPAIR);
        Arguments store = node.get(Keys.STORE);
        Arguments collect = node.get(Keys.COLLECT);
        return new NodeSpec(
                node.get(Keys.SHARDS),
                node.number(Keys.LEASE),
                node.number(Keys.CATALOGUE),
                repair.number(Keys.REPAIR_GRACE),
                repair.number(Keys.REPAIR_SCAN),
                repair.number(Keys.REPAIR_AUDIT),
                repair.number(Keys.REPAIR_BANDWIDTH),
                store.number(Keys.STORE_QUOTA),
                store.number(Keys.STORE_UNKNOWN),
                store.number(Keys.STORE_SCRUB),
                collect.number(Keys.COLLECT_EVERY),
                collect.number(Keys.COLLECT_AFTER),
                collect.number(Keys.COLLECT_UPLOADS),
                collect.number(Keys.COLLECT_TRASH));
    }
}
