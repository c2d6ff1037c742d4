package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Event;
import net.pangea.machine.ManualClock;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.store.EntryStore;
import net.pangea.store.MemoryStore;

/** A holder over a store in memory, which can be restarted. */
final class TestHolder {
    static final OwnerId SELF = TestObject.key(0).id();

    final MemoryStore store = new MemoryStore();
    final ManualClock clock = new ManualClock();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final HoldingSettings settings;
    OptionalLong peersAheadMillis = OptionalLong.of(0);
    boolean announced = true;
    HolderService service;
    private long lives;

    TestHolder(HoldingSettings settings) throws InterruptedException {
        this.settings = settings;
        this.service = open(store);
    }

    /** A holder that accepts everyone. */
    TestHolder() throws InterruptedException {
        this(HoldingSettings.DEFAULT.accepting(HoldingSettings.Accept.EVERYONE, List.of()));
    }

    HolderService open(EntryStore over) throws InterruptedException {
        return HolderService.open(
                new HolderSelf("holder", SELF, "zone"),
                settings,
                new HolderSurroundings(over, clock, () -> peersAheadMillis, _ -> announced, events::add, ++lives));
    }

    void restart() throws InterruptedException {
        service = open(store);
    }

    Reply ask(Request request) throws InterruptedException {
        return service.answer(request);
    }

    void accepts(Request request) throws InterruptedException {
        assertThat(ask(request)).isEqualTo(new Accepted());
    }

    void refuses(Refusal why, Request request) throws InterruptedException {
        assertThat(ask(request))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).as(refused.text()).isEqualTo(why));
    }

    /** Puts columns of an object, each as a whole. */
    void put(TestObject object, int... columns) throws InterruptedException {
        accepts(object.open());
        store(object, columns);
        accepts(object.commit(columns));
    }

    void store(TestObject object, int... columns) throws InterruptedException {
        for (int column : columns) {
            for (int segment = 0; segment < object.manifest().segments(); segment++) {
                accepts(object.store(column, segment));
            }
        }
    }

    Holding holding(TestObject object) throws InterruptedException {
        return ((Holdings) ask(new FetchHoldings(List.of(object.id()))))
                .objects()
                .getFirst();
    }

    long usedBy(TestObject object) {
        return service.holdings().usedBy(object.owner().id());
    }

    <E extends Event> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
