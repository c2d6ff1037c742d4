package net.pangea.sim.cluster.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Contact;
import net.pangea.kad.Key;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent;
import net.pangea.node.NodeSettings;
import net.pangea.protocol.Deadlines;
import net.pangea.sim.cluster.Alarm;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.Denials;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.EventObserver;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.cluster.Wiretap;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.Impairment;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Nic;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.FirewallRule;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;

/** A cluster of simulated machines. It realises every fault. */
public final class SimCluster implements Cluster {
    private final World world;
    private final Resolved scenario;
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Faults> faults = new LinkedHashMap<>();
    private final Map<String, List<Fabric.Cut>> cuts = new LinkedHashMap<>();
    private final Map<String, Fabric.Clog> clogs = new LinkedHashMap<>();
    private final List<String> leaks = new ArrayList<>();
    private final List<Contact> liars = new ArrayList<>();
    private final List<OwnerId> owners;
    private final List<Multiaddr> bootstrap;
    private final NodeSettings settings;
    private final Host clientHost;
    private final Machine client;
    private final Machine controller;
    private final Semaphore nodesJoined = new Semaphore(0);
    private long startNanos;
    private boolean hasStarted;

    /** Builds the hosts of {@code scenario} in an empty world, all down but client and controller. */
    public SimCluster(Resolved scenario, World world) {
        this.scenario = scenario;
        this.world = world;
        List<MachineSpec> machines = new ArrayList<>(scenario.machines());
        machines.add(scenario.client());
        Topology topology = new Topology(scenario.regions(), machines);
        world.fabric().setRegions(topology.oneWayNanos());
        for (MachineSpec machine : machines) {
            add(machine, topology.host(machine, scenario.position(machine)));
        }
        for (MachineSpec machine : scenario.machines()) {
            IpAddress address = host(machine.name()).nic().address();
            members.add(Member.of(
                    machine,
                    new Endpoint(address, FirewallRule.USERS_PORT),
                    new Endpoint(address, FirewallRule.PEERS_PORT),
                    scenario.transport()));
        }
        owners = MachineKeys.owners(
                scenario.seed(), members.stream().map(Member::name).toList());
        bootstrap = MachineKeys.bootstrap(scenario.seed(), members);
        settings = NodeSettings.parse(scenario.nodeSettings());
        clientHost = host(scenario.client().name());
        clientHost.nic().standInside();
        client = clientHost.start();
        Host conductor = world.add(
                HostSpec.plain("controller", IpAddress.of(10, 255, 255, 255), LinkProfile.ideal(Sampler.NONE)));
        controller = conductor.start();
        hosts.put(conductor.name(), conductor);
    }

    private void add(MachineSpec machine, HostSpec spec) {
        Host host = world.add(spec);
        hosts.put(machine.name(), host);
        Nic nic = host.nic();
        Faults lasting =
                new Faults(host, machine.firewall(), inForce -> world.fabric().rules(nic, inForce));
        world.fabric().rules(nic, Rules.inForce(machine.firewall(), List.of()));
        faults.put(machine.name(), lasting);
        Distribution cpuDelay = machine.cpuDelayNanos();
        if (!cpuDelay.isConstant() || cpuDelay.constant() > 0) {
            RandomStream random = world.simulation().random("cpu", machine.name());
            lasting.slowCpu("of the machine", cpuDelay, random);
        }
    }

    @Override
    public String kind() {
        return "sim";
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public Machine client() {
        return client;
    }

    @Override
    public Machine controller() {
        return controller;
    }

    /** {@return how long all nodes have run at a time since the simulation began; negative before} */
    long scenarioNanos(long nanos) {
        return hasStarted ? nanos - startNanos : -1;
    }

    /** {@return the machines whose node runs, or does not} */
    List<String> machines(boolean up) {
        return members.stream()
                .map(Member::name)
                .filter(name -> host(name).isUp() == up)
                .toList();
    }

    /** {@return the host of the controller, on which the experiment is run} */
    Host controllerHost() {
        return host(controller.name());
    }

    @Override
    public void observe(EventObserver observer) {
        world.observe((nanos, machine, event) -> observer.observe(machine, nanos - startNanos, event));
    }

    @Override
    public Realised listen(Wiretap tap) {
        world.fabric().listen((from, to) -> tap.line(from.name(), to.name()));
        return Realised.YES;
    }

    @Override
    public void start() throws InterruptedException {
        startNanos = world.simulation().now();
        world.observe((_, _, event) -> {
            if (event instanceof NodeEvent.NodeJoined) {
                nodesJoined.release();
            }
        });
        List<Member> first = members.stream().filter(Member::isFirst).toList();
        first.forEach(this::startNode);
        nodesJoined.acquire(first.size());
        startNanos = world.simulation().now();
        hasStarted = true;
    }

    private void startNode(Member member) {
        Host host = host(member.name());
        Machine machine = host.start();
        NodeConfig config = new NodeConfig(
                member.endpoint(),
                List.of(member.p2p()),
                bootstrap,
                member.zone(),
                Optional.of(MachineKeys.of(scenario.seed(), member.name())),
                owners,
                false,
                settings,
                Deadlines.DEFAULT);
        host.run("node", () -> {
            Node.run(config, machine);
            return null;
        });
    }

    @Override
    public Realised apply(FaultAction action, RandomStream random) {
        world.traceFault(action.toString());
        switch (action) {
            case FaultAction.Crash(String machine, boolean power) ->
                host(machine).crash(power);
            case FaultAction.Leave(String machine) -> leave(machine);
            case FaultAction.Restart(String machine, boolean diskKept) -> restart(machine, diskKept);
            case FaultAction.Destroy(String machine) -> {
                host(machine).crash(true);
                host(machine).wipeDisk();
            }
            case FaultAction.Lie(String machine, boolean silent, Optional<Bytes> near) ->
                lie(machine, silent, near, random);
            case FaultAction.Pause(String machine) -> host(machine).pause();
            case FaultAction.Resume(String machine) -> host(machine).resume();
            case FaultAction.Cut cut -> cut(cut);
            case FaultAction.SlowLink(String id, String machine, Distribution nanos) ->
                faults(machine).slowLink(id, nanos);
            case FaultAction.LossyLink(String id, String machine, int loss) ->
                faults(machine).lossyLink(id, loss);
            case FaultAction.Clog(String id, String machine) ->
                clogs.put(id, world.fabric().clog(host(machine).nic()));
            case FaultAction.ReorderPackets(String id, String machine, int perMillion) ->
                faults(machine).impairment(id, Impairment.reorder(perMillion));
            case FaultAction.DuplicatePackets(String id, String machine, int perMillion) ->
                faults(machine).impairment(id, Impairment.duplicate(perMillion));
            case FaultAction.CorruptPackets(String id, String machine, int perMillion, int unnoticed) ->
                faults(machine).impairment(id, Impairment.corrupt(perMillion, unnoticed));
            case FaultAction.Throttle(String id, String machine, long up, long down) ->
                faults(machine).impairment(id, Impairment.throttle(up, down));
            case FaultAction.ShrinkMtu(String id, String machine, int bytes) ->
                faults(machine).impairment(id, Impairment.mtu(bytes));
            case FaultAction.ResetConnections(String machine) ->
                world.fabric().resetConnections(host(machine).nic());
            case FaultAction.AddRule(String id, String machine, FirewallRule rule) ->
                faults(machine).addRule(id, rule);
            case FaultAction.RemoveRule(String id, String machine, FirewallRule rule) ->
                faults(machine).removeRule(id, rule);
            case FaultAction.FlushTracking(String machine) ->
                world.fabric().flushTracking(host(machine).nic());
            case FaultAction.RebindNat(String machine) ->
                world.fabric().rebindNat(host(machine).nic());
            case FaultAction.Rot(String machine, int sectors) -> {
                var _ = host(machine).rot(sectors, random);
            }
            case FaultAction.SlowDisk(String id, String machine, Distribution nanos) ->
                faults(machine).slowDisk(id, nanos);
            case FaultAction.FullDisk(String id, String machine) ->
                faults(machine).fullDisk(id);
            case FaultAction.LoseSync(String id, String machine) ->
                faults(machine).loseSync(id);
            case FaultAction.DiskErrors(String id, String machine, int perMillion) ->
                faults(machine).diskErrors(id, perMillion);
            case FaultAction.MisdirectedWrites(String id, String machine, int perMillion) ->
                faults(machine).misdirectedWrites(id, perMillion);
            case FaultAction.JumpClock(String machine, long nanos) ->
                host(machine).jumpClock(nanos);
            case FaultAction.DriftClock(String machine, int perBillion) ->
                host(machine).driftClock(perBillion);
            case FaultAction.SlowCpu(String id, String machine, Distribution nanos) ->
                faults(machine).slowCpu(id, nanos, random);
            case FaultAction.ArmFaultPoints(String id, String machine, int armed, int fires) ->
                faults(machine).faultPoints(id, armed, fires);
            case FaultAction.End(String id) -> end(id);
        }
        return Realised.YES;
    }

    private void restart(String machine, boolean diskKept) {
        Host host = host(machine);
        host.crash(false);
        if (!diskKept) {
            host.wipeDisk();
        }
        startNode(member(machine));
    }

    private void lie(String machine, boolean silent, Optional<Bytes> near, RandomStream random) {
        Host host = host(machine);
        host.crash(false);
        host.wipeDisk();
        IdentityKey key = near.isPresent()
                ? ground(Key.of(near.get()), random)
                : IdentityKey.ofSeed(MachineKeys.of(scenario.seed(), machine).identitySeed());
        Multiaddr listen = member(machine).p2p();
        liars.add(Liar.contact(key, listen));
        Machine started = host.start();
        Liar liar = new Liar(started, key, listen, settings.securities(), bootstrap, () -> List.copyOf(liars), silent);
        host.run("liar", () -> {
            liar.run();
            return null;
        });
    }

    /**
     * Draws keys until the id of one is closer to a place than those of all nodes: where one of them is close, tens of
     * thousands.
     */
    private IdentityKey ground(Key place, RandomStream random) {
        Key closest = members.stream()
                .map(member -> Key.of(MachineKeys.peer(scenario.seed(), member.name())))
                .min(place.byDistance())
                .orElseThrow();
        while (true) {
            byte[] seed = new byte[IdentityKey.SEED_BYTES];
            random.fill(seed);
            IdentityKey key = IdentityKey.ofSeed(Bytes.wrap(seed));
            if (place.compareDistances(Key.of(key.peerId()), closest) < 0) {
                return key;
            }
            world.simulation().getsOn();
        }
    }

    private Member member(String machine) {
        return members.stream()
                .filter(member -> member.name().equals(machine))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no machine is called " + machine));
    }

    private void cut(FaultAction.Cut cut) {
        List<Nic> from = nics(cut.from());
        List<Nic> to = nics(cut.to());
        List<Fabric.Cut> made = new ArrayList<>();
        made.add(world.fabric().cut(from, to));
        if (!cut.oneWay()) {
            made.add(world.fabric().cut(to, from));
        }
        cuts.put(cut.id(), made);
    }

    private void end(String id) {
        Fabric.Clog clog = clogs.remove(id);
        if (clog != null) {
            world.fabric().free(clog);
        }
        List<Fabric.Cut> made = cuts.remove(id);
        if (made != null) {
            made.forEach(world.fabric()::heal);
        }
        faults.values().forEach(lasting -> lasting.end(id));
    }

    @Override
    public List<String> notRealised() {
        return List.of();
    }

    @Override
    public Effort effort() {
        return new Effort(world.simulation().events(), world.fabric().messages());
    }

    @Override
    public Alarm alarm() {
        Pauses.Adjustable pause =
                new Pauses.Adjustable(world.simulation(), controllerHost().number());
        return new Alarm() {
            @Override
            public void sleep(long nanos) throws InterruptedException {
                pause.interruptibly(nanos); // the controller's clock is exact
            }

            @Override
            public void bringForward(long nanos) {
                pause.bringForward(nanos);
            }
        };
    }

    @Override
    public Map<String, Long> sentBytes() {
        Map<String, Long> sent = new LinkedHashMap<>();
        members.forEach(
                member -> sent.put(member.name(), host(member.name()).nic().sentBytes()));
        return sent;
    }

    @Override
    public void stop() {
        for (Member member : members) {
            if (host(member.name()).isUp()) {
                leave(member.name());
            }
        }
    }

    private void leave(String machine) {
        host(machine).leave().forEach(left -> leaks.add(machine + ": " + left));
    }

    @Override
    public Denials denials() {
        List<String> delivered = new ArrayList<>();
        for (Member member : members) {
            world.fabric()
                    .deniedDelivered(host(member.name()).nic())
                    .ifPresent(what -> delivered.add(member.name() + ": " + what));
        }
        return new Denials(world.fabric().denied(), delivered);
    }

    @Override
    public List<String> leaks() {
        List<String> all = new ArrayList<>(leaks);
        clientHost.open().forEach(left -> all.add(clientHost.name() + ": " + left));
        world.failures().forEach(failure -> all.add("a node died of " + failure));
        return all;
    }

    private List<Nic> nics(List<String> machines) {
        return machines.stream().map(machine -> host(machine).nic()).toList();
    }

    private Host host(String machine) {
        Host host = hosts.get(machine);
        if (host == null) {
            throw new IllegalStateException("no machine is called " + machine);
        }
        return host;
    }

    private Faults faults(String machine) {
        Faults lasting = faults.get(machine);
        if (lasting == null) {
            throw new IllegalStateException("no machine is called " + machine);
        }
        return lasting;
    }
}
