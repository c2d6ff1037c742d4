package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.pangea.holding.HoldingEvent.ShardRejected;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Redundancy;
import net.pangea.object.GetService.Range;
import net.pangea.object.TestNetwork.TestNode;

/** Whatever is put comes back, whatever is lost or damaged within m. */
class PutGetPropertyTest {
    private static final int SEGMENT = 64;

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 5 * SEGMENT + 7),
                Arbitraries.integers().between(0, 12 * SEGMENT));
    }

    @Property(tries = 150)
    void any_content_comes_back_after_any_loss_of_m_columns(
            @ForAll("sizes") int size,
            @ForAll @IntRange(min = 1, max = 10) int dataShards,
            @ForAll @IntRange(max = 6) int parityShards,
            @ForAll long seed)
            throws InterruptedException {
        TestNetwork network = new TestNetwork(dataShards + parityShards);
        TestMachine machine = new TestMachine("p0", seed);
        TestNode node = network.node(machine, Redundancy.of(dataShards, parityShards), SEGMENT);
        byte[] content = TestNetwork.content(size);

        PutReceipt receipt = node.put("name", content);
        assertThat(receipt.peersMayBeLost()).isEqualTo(parityShards);
        assertThat(receipt.domainsMayBeLost()).isEqualTo(parityShards);
        RandomStream random = RandomStream.of(seed, "losses");
        List<Integer> columns = new ArrayList<>(
                IntStream.range(0, dataShards + parityShards).boxed().toList());
        random.shuffle(columns);
        for (int column : columns.subList(0, parityShards)) {
            FakeHolder holder = network.holderOf(receipt.ref(), column);
            switch (random.nextInt(3)) {
                case 0 -> holder.dead = true;
                case 1 -> holder.rotten = true;
                default -> holder.wipe();
            }
        }

        assertThat(node.get(receipt.ref())).isEqualTo(content);
    }

    @Property(tries = 60)
    void any_corrupted_shard_is_located_and_named(
            @ForAll("sizes") int size, @ForAll @IntRange(max = 11) int column, @ForAll @IntRange(max = 100) int place)
            throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestMachine machine = new TestMachine("p0", size);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        byte[] content = TestNetwork.content(size);
        PutReceipt receipt = node.put("name", content);
        int segment = place % Math.max(1, Math.ceilDiv(size, SEGMENT));
        FakeHolder holder = network.holderOf(receipt.ref(), column);
        holder.rot(receipt.ref().placementKey(), column, segment);
        // Only k columns are left, so that the rotten one is asked for.
        network.holders().stream().filter(other -> other != holder).limit(4).forEach(other -> other.dead = true);

        assertThatThrownBy(() -> node.get(receipt.ref()))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ObjectFailure.Kind.NOT_ENOUGH_SHARDS));
        network.holders().forEach(other -> other.dead = false);
        assertThat(node.get(receipt.ref())).isEqualTo(content);
        assertThat(machine.seen(ShardRejected.class)).isNotEmpty().allSatisfy(event -> {
            assertThat(event.object()).isEqualTo(receipt.ref().id().hex());
            assertThat(event.segment()).isEqualTo(segment);
            assertThat(event.index()).isEqualTo(column);
            assertThat(network.holder(event.peer())).isSameAs(holder);
        });
    }

    @Property(tries = 100)
    void a_range_is_that_slice(
            @ForAll("sizes") int size, @ForAll @IntRange(max = 800) int from, @ForAll @IntRange(max = 800) int length)
            throws InterruptedException {
        TestNetwork network = new TestNetwork(4);
        TestNode node = network.node(new TestMachine("p0", size), Redundancy.of(3, 1), SEGMENT);
        byte[] content = TestNetwork.content(size);
        PutReceipt receipt = node.put("name", content);
        network.holders().forEach(holder -> holder.shardsGiven = 0);
        int offset = Math.min(from, size);

        byte[] part = node.get(receipt.ref(), new Range(offset, length));

        int to = Math.min(size, offset + length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(content, offset, to));
        int touched = to == offset ? (size == 0 ? 1 : 0) : (to - 1) / SEGMENT - offset / SEGMENT + 1;
        assertThat(network.holders().stream()
                        .mapToInt(holder -> holder.shardsGiven)
                        .sum())
                .isEqualTo(3 * touched);
    }
}
