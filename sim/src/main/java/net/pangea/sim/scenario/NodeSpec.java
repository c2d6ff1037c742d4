package net.pangea.sim.scenario;

import java.util.List;

/** What the scenario's {@code node} says, in the words of a node's own settings. */
final class NodeSpec {
    private static final int BITS = 8;

    private NodeSpec() {}

    /** {@return texts {@code key=value}, as {@code net.pangea.node.NodeSettings} reads them} */
    static List<String> settings(Arguments node) {
        Arguments repair = node.get(Keys.REPAIR);
        Arguments store = node.get(Keys.STORE);
        Arguments collect = node.get(Keys.COLLECT);
        return List.of(
                "security=" + node.get(Keys.SECURITY),
                "connections=" + node.number(Keys.CONNECTIONS),
                "beat=" + time(node, Keys.BEAT),
                "refresh=" + time(node, Keys.REFRESH),
                "shards=" + node.get(Keys.SHARDS),
                "lease=" + time(node, Keys.LEASE),
                "catalogue=" + time(node, Keys.CATALOGUE),
                "repair.grace=" + time(repair, Keys.REPAIR_GRACE),
                "repair.scan=" + time(repair, Keys.REPAIR_SCAN),
                "repair.bandwidth=" + perSecond(repair, Keys.REPAIR_BANDWIDTH),
                "repair.audits=" + repair.number(Keys.REPAIR_AUDITS),
                "store.quota=" + store.number(Keys.STORE_QUOTA) + "B",
                "store.unknown=" + store.number(Keys.STORE_UNKNOWN) + "B",
                "store.scrub=" + perSecond(store, Keys.STORE_SCRUB),
                "store.scrub-every=" + time(store, Keys.STORE_SCRUB_EVERY),
                "collect.every=" + time(collect, Keys.COLLECT_EVERY),
                "collect.after=" + time(collect, Keys.COLLECT_AFTER),
                "collect.uploads=" + time(collect, Keys.COLLECT_UPLOADS),
                "collect.trash=" + time(collect, Keys.COLLECT_TRASH));
    }

    private static String time(Arguments with, Param<Distribution> key) {
        return with.number(key) + "ns";
    }

    private static String perSecond(Arguments with, Param<Distribution> key) {
        return with.number(key) / BITS + "B";
    }
}
