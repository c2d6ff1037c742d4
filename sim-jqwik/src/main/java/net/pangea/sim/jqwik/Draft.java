package net.pangea.sim.jqwik;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was drawn for a scenario, part by part, each without regard to the others: so jqwik can make every part simpler by itself.
 * What has to fit together is made to fit when it is written: a group's link is one of those that there are, a stripe has its
 * machines, a fault that takes shards takes no more than the budget.
 */
record Draft(
        long seed,
        Stripe stripe,
        List<Group> groups,
        List<Link> links,
        Node node,
        List<Use> uses,
        List<Trouble> troubles,
        Times times,
        List<Scenarios.Expected> expected) {
    /** The name of the files that are stored while all is well. */
    static final String FIRST = "first";

    private static final List<String> GROUP_NAMES = List.of("home", "office", "attic");
    private static final List<String> LINK_NAMES = List.of("dsl", "fibre");

    /** What is stored before is acknowledged when faults begin: that is promised, and checks ask for it. */
    static final int FAULTS_FROM = 15;

    /** A node that starts again meets its peers, and a lost connection is given up, in less. */
    private static final int RECOVERY = 35;

    /**
     * @param data shards of a stripe
     * @param parity shards of a stripe, all of which faults may take
     */
    record Stripe(int data, int parity) {
        int total() {
            return data + parity;
        }
    }

    /**
     * @param count of machines
     * @param link the number of one of the links, or none
     * @param traits keys that a group may have, each with its value
     */
    record Group(int count, int link, List<String> traits) {}

    /** @param traits keys that a link may have, each with its value */
    record Link(List<String> traits) {}

    /** @param traits keys that nodes may have, each with its value */
    record Node(List<String> traits) {}

    /**
     * @param disturbed how long faults go on, in seconds
     * @param deletes whether something is deleted before the first of them
     * @param searches whether the wire is searched for plaintext, which takes long
     */
    record Times(int disturbed, boolean deletes, boolean searches) {
        int heal() {
            return FAULTS_FROM + disturbed;
        }
    }

    /**
     * What a part needs to know of the others when it is written.
     *
     * @param names of groups
     * @param counts of their machines
     * @param budget shards of a stripe that may be missing
     * @param heal when faults end, in seconds
     */
    record Frame(List<String> names, List<Integer> counts, int budget, int heal) {
        String group(int number) {
            return names.get(number % names.size());
        }

        int count(int number) {
            return counts.get(number % counts.size());
        }
    }

    String write() {
        Frame frame = frame();
        List<String> lines = new ArrayList<>();
        lines.add("pangea: 1");
        lines.add("story: Generated. Faults stay within the budget, so nothing that was acknowledged is lost.");
        lines.add("for: " + (times.heal() + RECOVERY) + "s");
        lines.add("machines:");
        for (int i = 0; i < groups.size(); i++) {
            lines.add("  " + frame.names().get(i) + ": "
                    + machines(groups.get(i), frame.counts().get(i)));
        }
        if (!links.isEmpty()) {
            lines.add("network:");
            lines.add("  links:");
            for (int i = 0; i < links.size(); i++) {
                lines.add("    " + LINK_NAMES.get(i) + ": {"
                        + String.join(", ", links.get(i).traits()) + "}");
            }
        }
        List<String> settings = new ArrayList<>(List.of("shards: " + stripe.data() + "+" + stripe.parity()));
        settings.addAll(node.traits());
        lines.add("node: {" + String.join(", ", settings) + "}");
        lines.add("workload:");
        workload(frame).forEach(entry -> lines.add("  - {" + entry + "}"));
        if (!troubles.isEmpty()) {
            lines.add("faults:");
            troubles.forEach(trouble -> lines.add("  - {" + trouble.write(frame) + "}"));
        }
        lines.add("survives: {shards: " + frame.budget() + "}");
        lines.add("heal: {at: " + times.heal() + "s, within: " + RECOVERY + "s}");
        lines.add("expect:");
        for (String place : Scenarios.PLACES) {
            List<String> checks = checks(place);
            if (!checks.isEmpty()) {
                lines.add("  " + place + ": [" + String.join(", ", checks) + "]");
            }
        }
        lines.add("seeds: {from: " + seed + ", count: 1}");
        return String.join("\n", lines) + "\n";
    }

    private Frame frame() {
        List<Integer> counts = new ArrayList<>(groups.stream().map(Group::count).toList());
        int missing =
                stripe.total() - counts.stream().mapToInt(Integer::intValue).sum();
        counts.set(0, counts.getFirst() + Math.max(0, missing));
        return new Frame(GROUP_NAMES.subList(0, groups.size()), counts, stripe.parity(), times.heal());
    }

    private String machines(Group group, int count) {
        List<String> keys = new ArrayList<>(List.of("count: " + count));
        int link = group.link();
        if (link < links.size()) {
            keys.add("link: " + LINK_NAMES.get(link));
        }
        keys.addAll(group.traits());
        return "{" + String.join(", ", keys) + "}";
    }

    private List<String> workload(Frame frame) {
        List<String> entries = new ArrayList<>();
        entries.add("at: 1s, put: {as: " + FIRST + ", count: 1, size: 20KiB, from: " + frame.group(0) + "}");
        if (times.deletes()) {
            entries.add("at: 2s, put: {as: doomed, count: 1, size: 20KiB, from: " + frame.group(0) + "}");
            entries.add("at: 10s, delete: {of: doomed}");
        }
        IntStream.range(0, uses.size())
                .mapToObj(i -> uses.get(i).write(frame, "file-" + i))
                .forEach(entries::add);
        return entries;
    }

    private List<String> checks(String place) {
        List<String> checks = switch (place) {
            case "always" -> new ArrayList<>(List.of("no-wrong-bytes", "denied-never-delivered"));
            case "eventually" -> new ArrayList<>(List.of("acknowledged-retrievable"));
            case "finally" -> new ArrayList<>(List.of("no-leaks"));
            default -> new ArrayList<>();
        };
        if (place.equals("always") && times.searches()) {
            checks.add("no-plaintext-on-wire");
        }
        if (place.equals("eventually") && times.deletes()) {
            checks.add("deleted-stays-deleted");
        }
        checks.addAll(expected.stream()
                .filter(one -> one.place().equals(place))
                .map(Scenarios.Expected::check)
                .toList());
        return checks;
    }
}
