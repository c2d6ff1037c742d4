package net.pangea.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.holding.HolderService;
import net.pangea.holding.Holdings;
import net.pangea.machine.Bell;
import net.pangea.manifest.Lease;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.repair.LocalHoldings;

/** What this node holds, as repair wants to see it. */
final class OwnHoldings implements LocalHoldings {
    private static final int DAMAGE_AT_A_TIME = 64;

    /** Two or three kilobytes each. */
    private static final int REMEMBERED_MAX = 1 << 11;

    private final HolderService holder;
    private final Holdings holdings;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Queue<Damage> damage = new ArrayDeque<>();
    private final LinkedHashMap<Sha256, ObjectKnown> read = new LinkedHashMap<>(16, 0.75f, true);

    OwnHoldings(HolderService holder) {
        this.holder = holder;
        this.holdings = holder.holdings();
    }

    @Override
    public List<Sha256> objectsAfter(Sha256 after, int limit) {
        List<Sha256> held = new ArrayList<>();
        List<Sha256> page = holdings.objects(Optional.of(after), limit);
        while (!page.isEmpty() && held.size() < limit) {
            page.stream()
                    .filter(object -> !holdings.columnsOf(object).isEmpty())
                    .limit(limit - held.size())
                    .forEach(held::add);
            page = holdings.objects(Optional.of(page.getLast()), limit);
        }
        return held;
    }

    @Override
    public Optional<Outline> outline(Sha256 object) {
        return holdings.outline(object).map(known -> new Outline(known.placementKey(), known.columns()));
    }

    @Override
    public Optional<Held> held(Sha256 object) {
        List<HeldRange> columns = holdings.columnsOf(object);
        return columns.isEmpty()
                ? Optional.empty()
                : known(object).map(known -> new Held(known.manifest(), known.sealedHeader(), known.lease(), columns));
    }

    /** Repair looks at the same objects again and again; only a newer lease changes what is known of one. */
    private Optional<ObjectKnown> known(Sha256 object) {
        long sequence =
                holdings.outline(object).map(Holdings.Outline::leaseSequence).orElse(0L);
        lock.lock();
        try {
            ObjectKnown remembered = read.get(object);
            if (remembered != null && remembered.lease().sequence() == sequence) {
                return Optional.of(remembered);
            }
        } finally {
            lock.unlock();
        }
        Optional<ObjectKnown> known = holdings.known(object);
        lock.lock();
        try {
            known.ifPresent(it -> read.put(object, it));
            if (read.size() > REMEMBERED_MAX) {
                var _ = read.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
        return known;
    }

    @Override
    public Optional<ColumnIndex> index(Sha256 object, int column) {
        return holdings.indexOf(object, column);
    }

    @Override
    public Optional<Damage> pollDamage() {
        lock.lock();
        try {
            if (damage.isEmpty()) {
                holdings.takeDamage(DAMAGE_AT_A_TIME).forEach(found -> {
                    int end = found.segments().first() + found.segments().count();
                    for (int segment = found.segments().first(); segment < end; segment++) {
                        damage.add(new Damage(found.object(), found.column(), segment));
                    }
                });
            }
            return Optional.ofNullable(damage.poll());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Bell damageFound() {
        return holdings.damageFound();
    }

    @Override
    public void learn(Lease lease) throws InterruptedException {
        var _ = holder.answer(new PutLease(lease)); // refused if a newer one is known: as good
    }
}
