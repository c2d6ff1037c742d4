package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a scenario that do not depend on the verbs, with every default in one place. */
final class Keys {
    private static final String NAME = "[a-z][a-z0-9-]*";

    private static final String NAME_FORM = "small letters, digits and hyphens";

    /** A group is not called by a word that means something else in a target. */
    private static final String GROUP_NAME = "(?!(?:" + String.join("|", TargetReader.RESERVED) + ")$)" + NAME;

    static final Param<String> PANGEA = Param.required("pangea", Types.word("1"), "The version of the language.");
    static final Param<String> STORY =
            Param.required("story", Types.sentence(), "One or two sentences: what happens, what should hold.");
    static final Param<Distribution> FOR = Param.required(
            "for",
            Types.fixed(Dimension.DURATION).from("1ms").to("365d"),
            "The length of the run, in virtual or real time.");

    static final Param<List<Yaml.Scalar>> INCLUDE = Param.optional(
            "include",
            new IncludesType(),
            "Other files whose keys this one has too, each relative to the file that names it. Mappings are joined key by key,"
                    + " lists one after the other, and of anything else this file's counts, then that of the file named last.");
    static final Param<Map<String, Yaml.Entry>> PARAMS = Param.optional(
            "params",
            new ParametersType(),
            "Names of values, each with the value it has unless '--set NAME=VALUE' gives it another. '$NAME' stands for it"
                    + " in any value, as a whole or in part, as in 'weibull 0.59 $mean-stay'; '$$' is a dollar sign.");

    // A link.
    static final Param<Distribution> UP = Param.standard(
            "up",
            Types.fixed(Dimension.RATE).from("1kbit/s").to("1000Gbit/s"),
            "1Gbit/s",
            "Bandwidth of what is sent.");
    static final Param<Distribution> DOWN = Param.standard(
            "down",
            Types.fixed(Dimension.RATE).from("1kbit/s").to("1000Gbit/s"),
            "1Gbit/s",
            "Bandwidth of what is received.");
    static final Param<Distribution> LATENCY = Param.standard(
            "latency",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "uniform 100us..400us",
            "What this end adds to a packet's way, in either direction; the other end adds its own.");
    static final Param<Distribution> JITTER = Param.standard(
            "jitter",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "0s",
            "Added to the latency, drawn for each packet.");
    static final Param<Distribution> LOSS = Param.standard(
            "loss",
            Types.fixed(Dimension.SHARE).from("0%").to("100%"),
            "0%",
            "Packets lost; a stream sends them again later, a datagram is gone.");
    static final Param<Distribution> REORDER = Param.standard(
            "reorder",
            Types.fixed(Dimension.SHARE).from("0%").to("100%"),
            "0%",
            "Datagrams that are held back and arrive behind later ones.");
    static final Param<Distribution> DUPLICATE = Param.standard(
            "duplicate", Types.fixed(Dimension.SHARE).from("0%").to("100%"), "0%", "Datagrams that arrive twice.");
    static final Param<Distribution> QUEUE = Param.standard(
            "queue",
            Types.fixed(Dimension.SIZE).from("1500B").to("1TiB"),
            "1MiB",
            "Bytes that may wait for the way up before datagrams are lost; streams are held back instead.");
    static final Shape LINK = Shape.of(
            "a link", "How a machine reaches the network.", UP, DOWN, LATENCY, JITTER, LOSS, REORDER, DUPLICATE, QUEUE);

    static final Param<Map<String, Arguments>> LINKS = new Param<>(
            "links",
            "Profiles of links, named in 'machines'. 'lan', the default, and 'client', the client's, exist with the"
                    + " defaults below and may be written over.",
            Types.named("link", NAME, NAME_FORM, Types.shape(LINK)),
            Optional.of(Map.of()),
            false);
    static final Param<Map<String, Distribution>> REGIONS = new Param<>(
            "regions",
            "Round-trip times within a region, as {eu: 12ms}, and between two, as {eu-us: 90ms}; half of it is added"
                    + " to a packet's way.",
            Types.named(
                    "region or pair of regions",
                    "[a-z][a-z0-9]*(-[a-z][a-z0-9]*)?",
                    "small letters and digits, as in eu, and eu-us for the way between two",
                    Types.fixed(Dimension.DURATION).from("0s").to("1h")),
            Optional.of(Map.of()),
            false);
    static final Shape NETWORK_SHAPE = Shape.of("network", "What lies between the machines.", REGIONS, LINKS);
    static final Param<Arguments> NETWORK = Param.nested("network", NETWORK_SHAPE);

    // A machine.
    static final Param<Distribution> DISK_LATENCY = Param.standard(
            "latency",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "uniform 50us..150us",
            "What a read, a write or a change of names takes.");
    static final Param<Distribution> DISK_SYNC = Param.standard(
            "sync",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "uniform 500us..2ms",
            "What a sync of a file or a directory takes.");
    static final Param<Distribution> DISK_CAPACITY = Param.standard(
            "capacity",
            Types.drawn(Dimension.SIZE, Moment.MACHINE).from("1MiB").to("1000TiB"),
            "64GiB",
            "What fits on the disk.");
    static final Shape DISK_SHAPE = Shape.of("disk", "The machine's disk.", DISK_LATENCY, DISK_SYNC, DISK_CAPACITY);
    static final Param<Arguments> DISK = Param.nested("disk", DISK_SHAPE);

    static final Param<Distribution> OFFSET = Param.standard(
            "offset",
            Types.drawn(Dimension.DURATION, Moment.MACHINE).from("-365d").to("365d"),
            "0s",
            "How much the wall clock is fast, or slow if negative.");
    static final Param<Distribution> DRIFT = Param.standard(
            "drift",
            Types.drawn(Dimension.DRIFT, Moment.MACHINE).from("-100000ppm").to("100000ppm"),
            "0ppm",
            "How much both clocks run fast, or slow if negative.");
    static final Shape CLOCK_SHAPE = Shape.of("clock", "The machine's clocks.", OFFSET, DRIFT);
    static final Param<Arguments> CLOCK = Param.nested("clock", CLOCK_SHAPE);

    static final Param<Distribution> CPU_DELAY = Param.standard(
            "delay",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "0s",
            "What passes before each resumption of a task.");
    static final Shape CPU_SHAPE = Shape.of("cpu", "The machine's processor.", CPU_DELAY);
    static final Param<Arguments> CPU = Param.nested("cpu", CPU_SHAPE);

    static final Param<Reference> LINK_NAME =
            Param.standard("link", new ReferenceType("link"), "lan", "The machine's link, by its name in 'network'.");
    static final Param<Reference> REGION =
            Param.optional("region", new ReferenceType("region"), "The machine's region, by its name in 'network'.");
    static final Param<String> ZONE = Param.optional(
            "zone",
            Types.name(),
            "The machine's failure domain: nodes put no more of a stripe into one than may be lost, while there are"
                    + " enough. Without it, its address prefix.");
    static final Param<Distribution> STARTS = Param.standard(
            "starts",
            Types.drawn(Dimension.DURATION, Moment.MACHINE).from("0s"),
            "0s",
            "When the machine joins the network: later than 0s if it comes to the others while the run goes on.");
    static final Param<Reference> NAT = Param.standard(
            "nat",
            new ReferenceType("NAT", NatKind.words()),
            NatKind.NONE.word(),
            "The NAT box before the machine, with an address of its own (RFC 4787): 'cone' lets anybody in through a"
                    + " port that the machine has sent from, 'restricted' only addresses that it has sent to,"
                    + " 'port-restricted' only endpoints, and 'symmetric' also takes another port for each of those. Users"
                    + " are on the inner side.");
    static final Param<List<FirewallRule>> FIREWALL = new Param<>(
            "firewall",
            "The rules of the machine's own firewall: the first that matches the first packet of a flow decides about"
                    + " all of it, and what none matches passes. Nodes accept peers at port " + FirewallRule.PEERS_PORT
                    + "; users are on the inner side.",
            new FirewallRulesType(),
            Optional.of(List.of()),
            false);
    static final Shape MACHINE_SHAPE = Shape.of(
            "a machine", "One machine's own values.", LINK_NAME, REGION, ZONE, STARTS, DISK, CLOCK, CPU, NAT, FIREWALL);

    static final Param<Distribution> COUNT = Param.required(
            "count",
            Types.fixed(Dimension.COUNT).from("1").to("1000000"),
            "How many machines; they are called group/0" + " and so on.");
    static final Param<List<Long>> ONLY = Param.optional(
            "only",
            new NumbersType("machine"),
            "Of these machines only those with such a number exist; without it, all. What is left out changes no name,"
                    + " no address and no draw of the others, as where a scenario was shrunk.");
    static final Param<Map<String, Arguments>> EACH = Param.optional(
            "each",
            Types.named("machine number", "0|[1-9][0-9]{0,8}", "its number, from 0 on", Types.shape(MACHINE_SHAPE)),
            "What single machines have in place of the group's, by their number. A resolved scenario lists drawn"
                    + " values here.");
    static final Shape GROUP = new Shape(
            "a group of machines",
            "Machines that are described alike.",
            List.of(COUNT, ONLY, LINK_NAME, REGION, ZONE, STARTS, DISK, CLOCK, CPU, NAT, FIREWALL, EACH),
            List.of());
    static final Param<Map<String, Arguments>> MACHINES = Param.required(
            "machines",
            Types.named(
                    "group",
                    GROUP_NAME,
                    NAME_FORM + ", and none of " + String.join(", ", TargetReader.RESERVED),
                    Types.shape(GROUP)),
            "The groups of machines, each with its name.");

    static final Param<Shards> SHARDS = Param.standard(
            "shards", new ShardsType(), "8+4", "Data and parity shards of a stripe: any so many of all give it back.");
    static final Param<String> TRANSPORT = Param.standard(
            "transport",
            Types.word("tcp", "quic"),
            "tcp",
            "What nodes talk to each other over; their clients use TCP in any case.");
    static final Param<String> SECURITY = Param.standard(
            "security",
            Types.word("noise", "tls", "plaintext"),
            "noise",
            "How connections between nodes over TCP are secured. Plaintext is for very large simulations: no real"
                    + " machine takes it.");
    static final Param<Distribution> CONNECTIONS = Param.standard(
            "connections",
            Types.fixed(Dimension.COUNT).from("1").to("1024"),
            "128",
            "Connections to other nodes that are kept although nothing is done with them.");
    static final Param<Distribution> BEAT = Param.standard(
            "beat",
            Types.fixed(Dimension.DURATION).from("1s").to("1d"),
            "30s",
            "How often a node looks at each of its connections over TCP: one that is silent for three such times"
                    + " although something is expected is closed, one that is idle is asked for a sign of life every"
                    + " eight.");
    static final Param<Distribution> REFRESH = Param.standard(
            "refresh",
            Types.fixed(Dimension.DURATION).from("10s").to("30d"),
            "10m",
            "How long a part of a routing table may go without being looked into.");
    static final Param<Distribution> LEASE = Param.standard(
            "lease",
            Types.fixed(Dimension.DURATION).from("1m").to("3653d"),
            "30d",
            "How long what is put is kept, unless renewed.");
    static final Param<Distribution> CATALOGUE = Param.standard(
            "catalogue",
            Types.fixed(Dimension.DURATION).from("1s").to("3653d"),
            "1m",
            "How soon after a change an owner's catalogue is stored in the network, and how long at least lies"
                    + " between two.");

    static final Param<Distribution> REPAIR_GRACE = Param.standard(
            "grace",
            Types.fixed(Dimension.DURATION).from("1s").to("365d"),
            "15m",
            "How long a shard must be missing before it is rebuilt.");
    static final Param<Distribution> REPAIR_SCAN = Param.standard(
            "scan",
            Types.fixed(Dimension.DURATION).from("1s").to("365d"),
            "3m",
            "How often a node looks whether what it holds a part of is whole; at most a third of 'grace'.");
    static final Param<Distribution> REPAIR_AUDITS = Param.standard(
            "audits",
            Types.fixed(Dimension.COUNT).from("1").to("1000000"),
            "300",
            "How many blocks a day every node asks of every other, to prove that they are still there.");
    static final Param<Distribution> REPAIR_BANDWIDTH = Param.standard(
            "bandwidth",
            Types.fixed(Dimension.RATE).from("10kbit/s").to("1000Gbit/s"),
            "64Mbit/s",
            "The most that one node reads and writes for repair.");
    static final Shape REPAIR_SHAPE = Shape.of(
                    "repair",
                    "How nodes make stripes whole again.",
                    REPAIR_GRACE,
                    REPAIR_SCAN,
                    REPAIR_AUDITS,
                    REPAIR_BANDWIDTH)
            .where(new Rule("'scan' is at most a third of 'grace'.", Keys::checkScan));
    static final Param<Arguments> REPAIR = Param.nested("repair", REPAIR_SHAPE);

    static final Param<Distribution> STORE_QUOTA = Param.standard(
            "quota",
            Types.fixed(Dimension.SIZE).from("1KiB").to("1000TiB"),
            "100GiB",
            "The most that one node keeps for one owner on its list.");
    static final Param<Distribution> STORE_UNKNOWN = Param.standard(
            "unknown",
            Types.fixed(Dimension.SIZE).from("0B").to("1000TiB"),
            "256MiB",
            "The most that one node keeps for all owners who are not on its list together.");
    static final Param<Distribution> STORE_SCRUB = Param.standard(
            "scrub",
            Types.fixed(Dimension.RATE).from("1kbit/s").to("100Gbit/s"),
            "8Mbit/s",
            "How fast a node reads through what it holds, in search of rot.");
    static final Param<Distribution> STORE_SCRUB_EVERY = Param.standard(
            "scrub-every",
            Types.fixed(Dimension.DURATION).from("1s").to("3653d"),
            "1d",
            "How much time lies at least between the beginnings of two readings of everything; the first begins when"
                    + " the node starts.");
    static final Shape STORE_SHAPE = Shape.of(
            "store", "What nodes keep for others.", STORE_QUOTA, STORE_UNKNOWN, STORE_SCRUB, STORE_SCRUB_EVERY);
    static final Param<Arguments> STORE = Param.nested("store", STORE_SHAPE);

    static final Param<Distribution> COLLECT_EVERY = Param.standard(
            "every",
            Types.fixed(Dimension.DURATION).from("1s").to("3653d"),
            "1h",
            "How often a node looks for what has expired.");
    static final Param<Distribution> COLLECT_AFTER = Param.standard(
            "after",
            Types.fixed(Dimension.DURATION).from("0s").to("3653d"),
            "7d",
            "How long after its lease ran out an object is kept, by the wall clock and by running time.");
    static final Param<Distribution> COLLECT_UPLOADS = Param.standard(
            "uploads",
            Types.fixed(Dimension.DURATION).from("1m").to("3653d"),
            "24h",
            "How long shards are kept whose put did not end.");
    static final Param<Distribution> COLLECT_TRASH = Param.standard(
            "trash",
            Types.fixed(Dimension.DURATION).from("0s").to("3653d"),
            "7d",
            "How long what was collected or deleted can still be brought back.");
    static final Shape COLLECT_SHAPE = Shape.of(
            "collect",
            "How nodes get rid of what nobody wants kept.",
            COLLECT_EVERY,
            COLLECT_AFTER,
            COLLECT_UPLOADS,
            COLLECT_TRASH);
    static final Param<Arguments> COLLECT = Param.nested("collect", COLLECT_SHAPE);

    static final Shape NODE_SHAPE = Shape.of(
                    "node",
                    "Settings that every node starts with.",
                    TRANSPORT,
                    SECURITY,
                    CONNECTIONS,
                    BEAT,
                    REFRESH,
                    SHARDS,
                    LEASE,
                    CATALOGUE,
                    REPAIR,
                    STORE,
                    COLLECT)
            .where(new Rule("With transport quic, 'security' stays as it is: QUIC has its own.", Keys::checkSecurity));
    static final Param<Arguments> NODE = Param.nested("node", NODE_SHAPE);

    static final Param<Survival> SURVIVES = Param.optional(
            "survives",
            new SurvivalType(),
            "What the network promises to survive. Faults stay within it; without it they stay within nothing."
                    + " With 'measure', what is lost is a figure and no failure.");

    static final Param<Distribution> HEAL_AT = Param.required(
            "at", Types.fixed(Dimension.DURATION).from("0s"), "When faults stop and those that last are undone.");
    static final Param<Distribution> HEAL_WITHIN = Param.standard(
            "within",
            Types.fixed(Dimension.DURATION).from("0s").to("365d"),
            "1m",
            "How long the network has to recover; the run goes on at least until then.");
    static final Shape HEAL_SHAPE = Shape.of(
            "heal", "The end of all faults: what was cut is joined, what was down starts again.", HEAL_AT, HEAL_WITHIN);
    static final Param<Arguments> HEAL =
            Param.optional("heal", Types.shape(HEAL_SHAPE), "When faults stop, and how long recovery may take.");

    static final Param<List<Measure>> MEASURE =
            Param.optional("measure", new MeasuresType(), "Latencies to report among the figures.");

    static final Param<Distribution> SEEDS_FROM = Param.standard(
            "from",
            Types.fixed(Dimension.COUNT).from("0").to("999999999999999999"),
            "1",
            "The first seed; a run without --seed" + " takes it.");
    static final Param<Distribution> SEEDS_COUNT = Param.standard(
            "count", Types.fixed(Dimension.COUNT).from("1").to("1000000"), "1", "How many seeds '--seeds all' runs.");
    static final Param<Boolean> SEEDS_BIG = Param.standard(
            "big",
            Types.flag(),
            "false",
            "Whether one seed takes minutes: then runs of a whole folder take its small variant, or leave the file out if it"
                    + " has none, unless they are told '--big'.");
    static final Param<Settings> SEEDS_SMALL = Param.optional(
            "small",
            new SettingsType(),
            "The small variant of a big scenario, of which one seed takes seconds: what it sets, as '--set' would. 'run"
                    + " --small' runs it.");
    static final Shape SEEDS_SHAPE = Shape.of(
                    "seeds", "The sweep that proves the story.", SEEDS_FROM, SEEDS_COUNT, SEEDS_BIG, SEEDS_SMALL)
            .where(new Rule("'small' goes with 'big: true'.", Keys::checkSmall));
    static final Param<Arguments> SEEDS = Param.nested("seeds", SEEDS_SHAPE);

    private Keys() {}

    private static void checkSmall(Arguments seeds) {
        if (seeds.isWritten(SEEDS_SMALL) && !seeds.get(SEEDS_BIG)) {
            throw new BadInput(
                    seeds.markOf(SEEDS_SMALL), "only a big scenario has a small variant; write 'big: true' too");
        }
    }

    private static void checkSecurity(Arguments node) {
        String usual = SECURITY.fallback().orElseThrow();
        if (Transport.of(node.get(TRANSPORT)) == Transport.QUIC
                && !node.get(SECURITY).equals(usual)) {
            throw new BadInput(
                    node.markOf(SECURITY),
                    "'security' is of connections over TCP, and QUIC has its own; leave it out, or 'transport: quic'");
        }
    }

    /** An absence is only known to last if it is looked at several times. */
    private static void checkScan(Arguments repair) {
        long scan = repair.get(REPAIR_SCAN).isConstant() ? repair.number(REPAIR_SCAN) : 0;
        long grace = repair.get(REPAIR_GRACE).isConstant() ? repair.number(REPAIR_GRACE) : Long.MAX_VALUE;
        if (scan > grace / 3) {
            throw new BadInput(
                    repair.markOf(REPAIR_SCAN),
                    "'scan' is at most a third of 'grace', which is " + Dimension.DURATION.format(grace)
                            + ": an absence is only known to last if it is looked at several times");
        }
    }
}
