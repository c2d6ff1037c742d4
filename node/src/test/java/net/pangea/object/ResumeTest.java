package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import net.pangea.bytes.Bytes;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectEvent.PutResumed;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.store.EntryKind;
import net.pangea.store.MemoryStore;

/** Puts that were interrupted. */
class ResumeTest {
    private static final int SEGMENT = 100;
    private static final int SEGMENTS = 9;
    private static final byte[] CONTENT = TestNetwork.content(SEGMENTS * SEGMENT - 30);
    private static final PutRequest REQUEST = new PutRequest("name", "", CONTENT.length, false, TestNetwork.token(1));

    /** The client is gone. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private TestMachine machine = new TestMachine("p0", 5);
    private MemoryStore store = new MemoryStore();

    @BeforeTry
    void begin_anew() {
        machine = new TestMachine("p0", 5);
        store = new MemoryStore();
    }

    @Property(tries = 30)
    void a_put_resumes_after_any_segment_and_stores_nothing_twice(
            @ForAll @IntRange(max = SEGMENTS) int given, @ForAll boolean holderReplaced) throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        int stored = interrupt(network, given);
        if (holderReplaced) {
            network.holder(5).dead = true;
        }
        network.holders().forEach(holder -> holder.shardsStored = 0);

        PutReceipt receipt = node(network).put(REQUEST, CONTENT);
        network.holder(5).dead = false;

        assertThat(receipt.segmentsResumed()).isEqualTo(stored);
        assertThat(network.holders().stream()
                        .mapToInt(holder -> holder.shardsStored)
                        .sum())
                .isEqualTo((SEGMENTS - stored) * 6);
        assertThat(node(network).get(receipt.ref())).isEqualTo(CONTENT);
        assertThat(store.list(EntryKind.RESUME, Bytes.EMPTY, Optional.empty(), 1))
                .isEmpty();
        assertThat(machine.seen(PutResumed.class).stream().map(PutResumed::resumed))
                .isEqualTo(stored == 0 ? List.of() : List.of((long) stored));
    }

    /** {@return how many segments are known to be stored} */
    private int interrupt(TestNetwork network, int given) throws InterruptedException {
        ContentSource whole = TestNetwork.source(CONTENT);
        int[] asked = {0};
        assertThatThrownBy(() -> node(network).services.puts().put(REQUEST, sizeBytes -> {
                    if (asked[0]++ == given) {
                        throw new Gone();
                    }
                    Bytes next = whole.next(sizeBytes);
                    if (asked[0] == SEGMENTS) {
                        throw new Gone();
                    }
                    return next;
                }))
                .isInstanceOf(Gone.class);
        return Math.max(
                0,
                store.list(EntryKind.RESUME, Bytes.EMPTY, Optional.empty(), 100).size() - 1);
    }

    @Example
    void a_put_that_crashed_with_its_node_resumes_from_what_the_store_has() throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        int stored = interrupt(network, 7);

        assertThat(stored).isBetween(3, 6);
        PutReceipt receipt = node(network).put(REQUEST, CONTENT); // other services over the same store
        assertThat(receipt.segmentsResumed()).isEqualTo(stored);
    }

    @Example
    void a_changed_source_is_refused() throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        int stored = interrupt(network, 7);
        byte[] changed = CONTENT.clone();
        changed[(stored - 1) * SEGMENT + 5] ^= 1;
        PutRequest renamed = new PutRequest("other", "", CONTENT.length, false, REQUEST.token());
        PutRequest resized = new PutRequest("name", "", CONTENT.length - 1, false, REQUEST.token());

        assertChanged(() -> node(network).put(REQUEST, changed), "segment " + (stored - 1));
        assertChanged(() -> node(network).put(renamed, CONTENT), "'name'");
        assertChanged(() -> node(network).put(resized, CONTENT), "bytes");
        assertThat(node(network).put(REQUEST, CONTENT).segmentsResumed()).isEqualTo(stored);
    }

    @Example
    void what_is_older_than_a_day_begins_anew() throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        int stored = interrupt(network, 7);
        machine.pass(Duration.ofHours(24));

        PutReceipt receipt = node(network).put(REQUEST, CONTENT);

        assertThat(stored).isPositive();
        assertThat(receipt.segmentsResumed()).isZero();
        assertThat(node(network).get(receipt.ref())).isEqualTo(CONTENT);
    }

    @Example
    void what_nobody_resumes_is_forgotten_after_two_days() throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        int _ = interrupt(network, 7);
        machine.pass(Duration.ofHours(47));
        node(network).services.upkeep().round();
        assertThat(store.list(EntryKind.RESUME, Bytes.EMPTY, Optional.empty(), 1))
                .isNotEmpty();

        machine.pass(Duration.ofHours(2));
        node(network).services.upkeep().round();
        assertThat(store.list(EntryKind.RESUME, Bytes.EMPTY, Optional.empty(), 1))
                .isEmpty();
    }

    @Example
    void a_put_that_takes_longer_than_a_ticket_lasts_gets_new_ones() throws InterruptedException {
        TestNetwork network = new TestNetwork(6);
        ContentSource whole = TestNetwork.source(CONTENT);

        PutReceipt receipt = node(network).services.puts().put(PutRequest.of("slow", CONTENT.length), sizeBytes -> {
            machine.pass(Duration.ofHours(5));
            return whole.next(sizeBytes);
        });

        assertThat(receipt.columnsStored()).isEqualTo(6);
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.ticketsTaken).isGreaterThanOrEqualTo(2));
    }

    @Example
    void shards_that_holders_have_lost_meanwhile_are_rebuilt_at_the_end() throws InterruptedException {
        TestNetwork network = new TestNetwork(6);
        int stored = interrupt(network, 7);
        network.holder(2).wipe();

        PutReceipt receipt = node(network).put(REQUEST, CONTENT);

        assertThat(receipt.segmentsResumed()).isEqualTo(stored);
        assertThat(receipt.columnsStored()).isEqualTo(6);
        assertThat(node(network).get(receipt.ref())).isEqualTo(CONTENT);
    }

    @Example
    void a_second_put_with_the_token_of_a_first_waits_for_it() throws InterruptedException {
        TestNetwork network = new TestNetwork(8);
        TestNode node = node(network);
        List<String> order = new CopyOnWriteArrayList<>();
        ContentSource whole = TestNetwork.source(CONTENT);
        try (var scope = machine.tasks().open("two puts")) {
            PutReceipt first = node.services.puts().put(REQUEST, sizeBytes -> {
                if (order.isEmpty()) {
                    order.add("first began");
                    scope.start(
                            "second",
                            () -> node.services.puts().put(REQUEST, size -> {
                                order.add("second began");
                                throw new Gone();
                            }));
                }
                return whole.next(sizeBytes);
            });
            order.add("first ended with " + first.segmentsResumed());
            assertThatThrownBy(scope::joinAll).hasCauseInstanceOf(Gone.class);
        }
        assertThat(order.getFirst()).isEqualTo("first began");
        assertThat(order).contains("second began").hasSize(3);
    }

    private TestNode node(TestNetwork network) {
        return network.node(machine, new Redundancy(4, 2, 5), SEGMENT, store, TestNetwork.master(1));
    }

    private interface Put {
        PutReceipt run() throws InterruptedException;
    }

    private static void assertChanged(Put put, String message) {
        assertThatThrownBy(put::run).isInstanceOfSatisfying(ObjectFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.SOURCE_CHANGED);
            assertThat(failure).hasMessageContaining(message);
        });
    }
}
