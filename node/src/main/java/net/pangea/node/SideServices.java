package net.pangea.node;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import net.pangea.legacy.LegacyRefusal;
import net.pangea.legacy.LegacyRequest;
import net.pangea.legacy.LegacyServer;
import net.pangea.legacy.LegacySettings;
import net.pangea.legacy.LegacyStore;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.mdns.Mdns;
import net.pangea.mdns.MdnsSettings;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.store.EntryStore;

/** What a node does beside its network, if it is told to: it finds peers nearby, and serves those of the original network. */
final class SideServices {
    /** Of those that are heard of in the local network, so many are dialed at a time. */
    private static final int DIALS_MAX = 8;

    private final Host host;
    private final Scope tasks;
    private final Optional<Mdns> mdns;
    private final Optional<Original> legacy;
    private final Semaphore dials = new Semaphore(DIALS_MAX);

    /**
     * Starts what the settings say.
     *
     * @param tasks in which it runs
     * @throws NetworkFailure if no local network lets it look for peers
     */
    SideServices(NodeSettings settings, Host host, EntryStore store, Machine machine, Scope tasks) {
        this.host = host;
        this.tasks = tasks;
        this.mdns = settings.mdns()
                ? Optional.of(Mdns.start(host.id(), host::addresses, this::heard, MdnsSettings.DEFAULT, machine, tasks))
                : Optional.empty();
        this.legacy = settings.legacy() ? Optional.of(Original.open(store, machine)) : Optional.empty();
        legacy.ifPresent(original -> host.serve(LegacyRequest.PROTOCOL, original.server));
    }

    /** Who serves peers of the original network, and what it keeps of them. */
    private record Original(LegacyServer server, LegacyStore kept) {
        static Original open(EntryStore store, Machine machine) {
            LegacyStore kept = LegacyStore.open(store, LegacySettings.DEFAULT);
            return new Original(new LegacyServer(kept, machine.clock(), LegacySettings.DEFAULT), kept);
        }

        String text() {
            Map<LegacyRefusal.Reason, Long> refused = server.refused();
            long all = refused.values().stream().mapToLong(Long::longValue).sum();
            String reasons = refused.entrySet().stream()
                    .map(one -> one.getValue() + " "
                            + one.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", "));
            return server.served() + " answered, " + all + " refused" + (all == 0 ? "" : " (" + reasons + ")") + ", "
                    + kept.entries() + " entries of " + kept.usedBytes() + " bytes kept";
        }
    }

    private void heard(PeerId peer, List<Multiaddr> addresses) {
        host.book().add(peer, addresses, AddressBook.HEARSAY);
        if (host.peers().contains(peer) || !dials.tryAcquire()) {
            return; // it will be heard of again
        }
        var _ = tasks.start("dial " + peer + " nearby", () -> {
            try {
                host.connect(peer);
                return true;
            } catch (HostFailure e) {
                return false;
            } finally {
                dials.release();
            }
        });
    }

    /** {@return how many peers the local network has told of; nothing if this node does not ask it} */
    Optional<Integer> nearby() {
        return mdns.map(asking -> asking.peers().size());
    }

    /** {@return what it has done for peers of the original network since it started, for reading; {@code off} if nothing} */
    String legacy() {
        return legacy.map(Original::text).orElse("off");
    }
}
