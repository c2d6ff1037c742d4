package net.pangea.sim.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.InputFile;
import net.pangea.sim.scenario.Target;

/**
 * What one occurrence of a workload does to the nodes, on the client machine. Every operation is recorded with its
 * result; none throws because a node failed.
 */
public final class Users {
    private final Clock clock;
    private final StorageClient storage;
    private final Fleet fleet;
    private final Journal journal;
    private final List<InputFile> files;
    private final Draws draws;
    private final RandomStream nodes;

    Users(Clock clock, StorageClient storage, Fleet fleet, Journal journal, List<InputFile> files, Draws draws) {
        this.clock = clock;
        this.storage = storage;
        this.fleet = fleet;
        this.journal = journal;
        this.files = files;
        this.draws = draws;
        this.nodes = draws.in("node").stream();
    }

    /** {@return where this occurrence's random streams come from} */
    public Draws draws() {
        return draws;
    }

    /** {@return the user's own files of this workload} */
    public List<InputFile> files() {
        return files;
    }

    /** {@return what was acknowledged so far under {@code name}, in order} */
    public List<Acknowledged> stored(String name) {
        return journal.acknowledged(name);
    }

    /**
     * Stores {@code content} through one machine of {@code from}, one that runs if there is any.
     *
     * @param content makes it, the same each time
     * @param limit when the user gives up
     */
    public void put(String name, String file, Supplier<byte[]> content, Target from, Duration limit)
            throws InterruptedException {
        byte[] bytes = content.get();
        long start = clock.nanoTime();
        Optional<String> node = pick(from);
        if (node.isEmpty()) {
            journal.put(new PutDone("nobody", Optional.empty(), "no machine to ask", 0));
            return;
        }
        journal.putting(bytes);
        PutDone done;
        try {
            Endpoint endpoint = fleet.member(node.get()).endpoint();
            StorageClient.Handle handle = limited(limit, () -> storage.put(endpoint, name + "/" + file, bytes));
            Acknowledged promise =
                    new Acknowledged(node.get(), name, file, handle, bytes.length, Sha256.hex(bytes), content);
            done = new PutDone(node.get(), Optional.of(promise), "", clock.nanoTime() - start);
        } catch (StorageFailure e) {
            String why = String.valueOf(e.getMessage());
            done = new PutDone(node.get(), Optional.empty(), why, clock.nanoTime() - start);
        }
        journal.put(done);
    }

    /** Reads {@code object} through one machine of {@code from}, one that runs if there is any, and compares. */
    public void get(Acknowledged object, Target from, Duration limit) throws InterruptedException {
        Optional<String> node = pick(from);
        journal.got(
                node.isPresent()
                        ? read(object, node.get(), limit, false)
                        : unasked(object, "no machine to ask", false));
    }

    /** Reads a part of {@code object}, as {@link #get}; {@code size} bytes from {@code offset} on, or what there is. */
    public void range(Acknowledged object, long offset, long size, Target from, Duration limit)
            throws InterruptedException {
        Optional<String> node = pick(from);
        if (node.isEmpty()) {
            journal.got(unasked(object, "no machine to ask", false));
            return;
        }
        long start = clock.nanoTime();
        int first = (int) Math.min(offset, object.sizeBytes());
        int length = (int) Math.min(size, object.sizeBytes() - first);
        GetDone.Result result;
        try {
            Endpoint endpoint = fleet.member(node.get()).endpoint();
            byte[] part = limited(limit, () -> storage.range(endpoint, object.handle(), first, length));
            result = Arrays.equals(part, Arrays.copyOfRange(object.content().get(), first, first + length))
                    ? new GetDone.Result.Same()
                    : new GetDone.Result.Wrong("other bytes came back than were put from byte " + first + " on");
        } catch (StorageFailure e) {
            result = new GetDone.Result.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
        journal.got(new GetDone(workload(), object, node.get(), result, clock.nanoTime() - start, false));
    }

    /**
     * Lets one machine of {@code from} look a key of the DHT up. It is right if it names, within {@code hops}, all of the
     * {@code count} nodes that are the closest of those that run.
     */
    public void lookUp(byte[] key, int count, int hops, Target from, Duration limit) throws InterruptedException {
        Optional<String> node = pick(from);
        if (node.isEmpty()) {
            journal.lookedUp(false, OptionalInt.empty(), 0);
            return;
        }
        List<String> closest = fleet.closest(key, node.get(), count);
        long start = clock.nanoTime();
        boolean right;
        OptionalInt taken = OptionalInt.empty();
        try {
            Endpoint endpoint = fleet.member(node.get()).endpoint();
            StorageClient.Closest found = limited(limit, () -> storage.closest(endpoint, key));
            taken = OptionalInt.of(found.hops());
            right = found.hops() <= hops && new HashSet<>(found.peers()).containsAll(closest);
        } catch (StorageFailure e) {
            right = false;
        }
        journal.lookedUp(right, taken, clock.nanoTime() - start);
    }

    /**
     * Asks {@code machine}, after the run, for the {@code count} nodes that are the closest to itself.
     *
     * @param peer its node's peer id
     */
    void askForNeighbours(String machine, PeerId peer, int count, Duration limit) throws InterruptedException {
        byte[] key = peer.bytes().toArray();
        List<String> missing = new ArrayList<>(fleet.closest(key, machine, count));
        String failure = "";
        try {
            Endpoint endpoint = fleet.member(machine).endpoint();
            missing.removeAll(
                    limited(limit, () -> storage.closest(endpoint, key)).peers());
        } catch (StorageFailure e) {
            failure = String.valueOf(e.getMessage());
        }
        journal.neighbours(machine, fleet.machinesOf(missing), failure);
    }

    /**
     * Lets one machine of {@code from} ask the DHT who holds {@code object}. The answer is right if it names a
     * node that runs: what a node says in the DHT is said by itself, and a crash leaves it what it holds.
     */
    public void find(Acknowledged object, Target from, Duration limit) throws InterruptedException {
        Optional<String> node = pick(from);
        boolean found = false;
        if (node.isPresent()) {
            try {
                Endpoint endpoint = fleet.member(node.get()).endpoint();
                found = limited(limit, () -> storage.providers(endpoint, object.handle())).stream()
                        .anyMatch(fleet::runs);
            } catch (StorageFailure e) {
                found = false;
            }
        }
        journal.found(found);
    }

    /** Deletes {@code object} through the machine that put it: its owner's. Nothing is promised of it from now on. */
    public void delete(Acknowledged object, Duration limit) throws InterruptedException {
        if (!journal.deleting(object)) {
            return;
        }
        long start = clock.nanoTime();
        String failure = "";
        try {
            Endpoint endpoint = fleet.member(object.owner()).endpoint();
            limited(limit, () -> {
                storage.delete(endpoint, object.handle());
                return object;
            });
        } catch (StorageFailure e) {
            failure = String.valueOf(e.getMessage());
        }
        journal.deleted(new DeleteDone(object, object.owner(), failure.isEmpty(), failure, clock.nanoTime() - start));
    }

    /** Asks through the machine that put it that {@code object} be kept for {@code keep} from now. */
    public void renew(Acknowledged object, Duration keep, Duration limit) throws InterruptedException {
        try {
            Endpoint endpoint = fleet.member(object.owner()).endpoint();
            limited(limit, () -> {
                storage.renew(endpoint, object.handle(), keep);
                return object;
            });
            journal.renewed(true);
        } catch (StorageFailure e) {
            journal.renewed(false);
        }
    }

    private GetDone unasked(Acknowledged object, String why, boolean last) {
        return new GetDone(
                workload(), object, "nobody", new GetDone.Result.Failed(StorageFailure.Kind.UNREACHABLE, why), 0, last);
    }

    /** The entry of the scenario that this occurrence belongs to. */
    private String workload() {
        return draws.path().size() > 1 ? draws.path().get(1) : "";
    }

    /**
     * Reads {@code object} through the machines that run, one after the other until one gives it.
     *
     * @param first the number of the machine to start with
     */
    void lastRead(Acknowledged object, int first, Duration limit) throws InterruptedException {
        journal.got(lastReadOf(object, first, limit));
    }

    /** Tries to read a deleted {@code object} through the machines that run. */
    void lastReadOfDeleted(Acknowledged object, int first, Duration limit) throws InterruptedException {
        journal.gotDeleted(lastReadOf(object, first, limit));
    }

    private GetDone lastReadOf(Acknowledged object, int first, Duration limit) throws InterruptedException {
        List<String> up = fleet.machines().stream().filter(fleet::isUp).toList();
        GetDone done = unasked(object, "no machine runs", true);
        for (int i = 0; i < up.size(); i++) {
            done = read(object, up.get((first + i) % up.size()), limit, true);
            if (!(done.result() instanceof GetDone.Result.Failed)) {
                break;
            }
        }
        return done;
    }

    private GetDone read(Acknowledged object, String node, Duration limit, boolean last) throws InterruptedException {
        long start = clock.nanoTime();
        GetDone.Result result;
        try {
            Endpoint endpoint = fleet.member(node).endpoint();
            result = compare(object, limited(limit, () -> storage.get(endpoint, object.handle())));
        } catch (StorageFailure e) {
            result = new GetDone.Result.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
        return new GetDone(workload(), object, node, result, clock.nanoTime() - start, last);
    }

    private static GetDone.Result compare(Acknowledged object, byte[] bytes) {
        if (bytes.length != object.sizeBytes()) {
            return new GetDone.Result.Wrong(bytes.length + " bytes came back, " + object.sizeBytes() + " were put");
        }
        return Sha256.hex(bytes).equals(object.sha256())
                ? new GetDone.Result.Same()
                : new GetDone.Result.Wrong("other bytes came back, as many as were put");
    }

    private <T> T limited(Duration limit, Body<T, RuntimeException> body) throws InterruptedException {
        try {
            return clock.within(limit, body);
        } catch (DeadlineExceeded e) {
            throw new StorageFailure(StorageFailure.Kind.UNREACHABLE, "no answer within " + limit.toMillis() + " ms");
        } catch (NetworkFailure e) {
            throw new StorageFailure(StorageFailure.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> pick(Target from) {
        List<String> named = from.resolve(fleet, nodes);
        List<String> up = named.stream().filter(fleet::isUp).toList();
        List<String> candidates = up.isEmpty() ? named : up;
        return candidates.isEmpty() ? Optional.empty() : Optional.of(nodes.pick(candidates));
    }
}
