package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Bell;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.store.StoreFailure;

/**
 * What a node does for its owner's objects from time to time: renew the leases of pinned ones, tell peers that were away,
 * forget what has expired, publish the catalogue, and bring it back when it has none. One task runs it.
 */
public final class Upkeep {
    /** What a lease has left when it is renewed, as a part of it. */
    private static final int RENEWED_AT = 2;

    /** So often it is looked whether a lease is to be renewed, in the time that it has left then. */
    private static final int RENEWAL_LOOKS = 8;

    /** Peers that are away for good must not keep a node asking. */
    private static final int WAIT_MAX_ROUNDS = 64;

    private final OwnObjects own;
    private final PutPlanner puts;
    private final OwnerService objects;
    private final CatalogueService catalogue;
    private final LeaseSpread spread;
    private final Bell changes;
    private final Settings settings;
    private final Machine machine;
    private final RandomStream random;
    private final Patience restoring = new Patience(WAIT_MAX_ROUNDS);
    private final Patience publishing = new Patience(WAIT_MAX_ROUNDS);
    private boolean triedToRestore;
    private boolean allRenewed = true; // by the last round

    /**
     * How often.
     *
     * @param round between two looks at all of it, as long as there is something to do
     * @param catalogue the shortest time between two catalogues
     * @param lease of objects that are renewed
     */
    public record Settings(Duration round, Duration catalogue, Duration lease) {
        public static final Settings DEFAULT =
                new Settings(Duration.ofMinutes(1), Duration.ofMinutes(10), PutSettings.DEFAULT_LEASE);

        public Settings {
            if (!round.isPositive() || !catalogue.isPositive() || !lease.isPositive()) {
                throw new IllegalArgumentException("rounds, catalogues and leases take time");
            }
        }
    }

    Upkeep(
            OwnObjects own,
            PutPlanner puts,
            OwnerService objects,
            CatalogueService catalogue,
            LeaseSpread spread,
            Bell changes,
            Settings settings,
            Machine machine) {
        this.own = own;
        this.puts = puts;
        this.objects = objects;
        this.catalogue = catalogue;
        this.spread = spread;
        this.changes = changes;
        this.settings = settings;
        this.machine = machine;
        this.random = machine.random("upkeep");
    }

    /** Runs until it is cancelled. */
    public void run() throws InterruptedException {
        begin();
        long published = machine.clock().nanoTime();
        while (true) {
            restoreIfEmpty();
            boolean _ = attempt("look after the owner's objects", () -> {
                round();
                return own;
            });
            boolean due = machine.clock().nanoTime() - published
                    >= settings.catalogue().toNanos();
            boolean isKnown = publish(due);
            if (isKnown && due) {
                published = machine.clock().nanoTime();
            }
            long nanos = settings.round().toNanos();
            machine.clock().sleep(Duration.ofNanos(nanos - nanos / 8 + random.nextLong(nanos / 4 + 1)));
            if (isKnown && triedToRestore && allRenewed && spread.pendingCount() == 0) {
                changes.await(machine.clock(), rest(published));
            }
        }
    }

    /** {@return how long there is nothing to do, if nothing changes and nobody is left to be told} */
    private Duration rest(long publishedNanos) {
        if (catalogue.isDirty()) {
            return settings.catalogue().minusNanos(machine.clock().nanoTime() - publishedNanos);
        }
        Duration untilRenewal = settings.lease().dividedBy(RENEWED_AT * RENEWAL_LOOKS);
        return untilRenewal.compareTo(CatalogueService.CHECK_EVERY) < 0 ? untilRenewal : CatalogueService.CHECK_EVERY;
    }

    /** {@return whether the network knows what it should: all if it is time for a catalogue, else what was stored before} */
    private boolean publish(boolean due) throws InterruptedException {
        if (!due && !catalogue.isUnannounced()) {
            return true;
        }
        if (!catalogue.hasPeers() || !publishing.isOver()) {
            return false;
        }
        boolean done = attempt("publish the catalogue", due ? catalogue::publish : catalogue::announce);
        if (done) {
            publishing.succeeded();
        }
        return done;
    }

    /** Who was away when something was deleted is not remembered over a restart: all are told once more. */
    void begin() {
        own.forEach(entry -> {
            if (entry.deleted()) {
                own.lease(entry.ref().id()).ifPresent(spread::later);
            }
        });
    }

    /** A node with a key and no objects may be one that has lost its disk. */
    private void restoreIfEmpty() throws InterruptedException {
        if (!catalogue.hasPeers()) {
            return; // they come later, if this is the first of all
        }
        if (triedToRestore || !own.isEmpty()) {
            triedToRestore = true;
            return;
        }
        if (!restoring.isOver()) {
            return;
        }
        try {
            CatalogueService.Restored _ = catalogue.restore();
            triedToRestore = true;
        } catch (ObjectFailure e) {
            triedToRestore = e.kind() == Kind.NO_CATALOGUE; // else it may be found when more peers are there
            if (!triedToRestore) {
                failed("restore the catalogue", e);
            }
        } catch (StoreFailure e) {
            failed("restore the catalogue", e);
        }
    }

    /** Looks at everything once. */
    void round() throws InterruptedException {
        long now = machine.clock().now().toEpochMilli();
        List<Sha256> due = new ArrayList<>();
        List<Sha256> over = new ArrayList<>();
        own.forEach(entry -> {
            if (isDue(entry, now, settings.lease())) {
                due.add(entry.ref().id());
            } else if (isOver(entry, now)) {
                over.add(entry.ref().id());
            }
        });
        allRenewed = true;
        for (Sha256 object : due) {
            allRenewed &= attempt("renew " + object, () -> objects.renew(object, settings.lease()));
        }
        for (Sha256 object : over) {
            own.forget(object);
            spread.forget(object);
        }
        spread.tellPending();
        puts.forgetOld();
    }

    /** {@return whether a lease is to be renewed: pinned, and less than half of it left} */
    static boolean isDue(CatalogueEntry entry, long nowMillis, Duration lease) {
        return entry.pinned()
                && !entry.deleted()
                && entry.expiresMillis() - nowMillis < lease.toMillis() / RENEWED_AT
                && !isOver(entry, nowMillis);
    }

    /** {@return whether nobody has the object, or remembers its deletion, any more} */
    static boolean isOver(CatalogueEntry entry, long nowMillis) {
        return nowMillis > OwnerService.rememberUntil(entry);
    }

    private interface Duty {
        Object run() throws InterruptedException;
    }

    private boolean attempt(String what, Duty duty) throws InterruptedException {
        try {
            Object _ = duty.run();
            return true;
        } catch (ObjectFailure | StoreFailure e) {
            failed(what, e);
            return false;
        }
    }

    private void failed(String what, RuntimeException e) {
        machine.events().emit(new ObjectEvent.UpkeepFailed(what, String.valueOf(e.getMessage())));
    }
}
