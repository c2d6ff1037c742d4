package net.pangea.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.StoreShard;
import org.junit.jupiter.api.Test;

/** Whole clusters of repairing nodes: what is lost comes back, and nothing else moves. */
class RepairServiceTest {
    private static final RepairSettings SETTINGS = RepairSettings.DEFAULT.withScan(Duration.ofMinutes(1));
    private static final Duration LONG = Duration.ofHours(4);

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void after_any_loss_of_up_to_m_columns_all_n_are_back_and_the_others_were_not_touched(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) throws InterruptedException {
        RandomStream random = RandomStream.of(seed, "loss");
        int k = 1 + random.nextInt(6);
        int m = 1 + random.nextInt(4);
        int n = k + m;
        FakeCluster cluster = new FakeCluster(seed, n + 1 + m + random.nextInt(8), SETTINGS);
        FakeObject object = FakeObject.of(seed, k, m, 1 + random.nextInt(3), 1 + random.nextInt(40_000));
        cluster.place(object);
        List<String> ranked = cluster.ranked(object);
        cluster.round();
        List<Integer> columns = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        random.shuffle(columns);
        TreeSet<Integer> lost = new TreeSet<>(columns.subList(0, 1 + random.nextInt(m)));
        int dead = 0;
        for (int column : lost) {
            FakeHolder holder = cluster.holder(ranked.get(column));
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (dead++ < (cluster.names().size() - 1) / 3) {
                        cluster.down.add(holder.peer.name());
                    } else {
                        holder.pretend(object.id(), column);
                    }
                }
                case 1 ->
                    holder.lose(
                            object.id(),
                            column,
                            random.nextInt(object.manifest().segments()));
                case 2 -> holder.pretend(object.id(), column);
                default -> holder.rot(object.id(), column);
            }
        }
        cluster.names().stream().filter(name -> !cluster.down.contains(name)).forEach(cluster::start);

        cluster.run(LONG);

        assertThat(cluster.whole(object))
                .containsExactlyElementsOf(IntStream.range(0, n).boxed().toList());
        assertThat(cluster.sent(StoreShard.class).stream().map(StoreShard::column))
                .isSubsetOf(lost);
        assertThat(cluster.events(RepairEvent.ObjectInconsistent.class)).isEmpty();
    }

    @Test
    void nothing_moves_while_nothing_is_missing() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(1, 15, SETTINGS);
        cluster.place(FakeObject.of(1, 8, 4, 2, 5_000));

        cluster.run(Duration.ofHours(3));

        assertThat(cluster.events).isEmpty();
        assertThat(cluster.shardBytes()).isZero();
    }

    @Test
    void of_all_who_see_a_loss_one_repairs_it_after_the_grace() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(2, 15, SETTINGS);
        FakeObject object = FakeObject.of(2, 8, 4, 2, 5_000);
        cluster.place(object);
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(3));

        cluster.run(SETTINGS.grace().minus(SETTINGS.scan()));
        assertThat(cluster.sent(OpenRepair.class)).isEmpty();
        cluster.run(LONG);

        assertThat(cluster.events(RepairEvent.RepairStarted.class)).hasSize(1);
        assertThat(cluster.events(RepairEvent.RepairCompleted.class))
                .singleElement()
                .satisfies(done -> {
                    assertThat(done.columns()).isEqualTo(1);
                    assertThat(done.holders()).isEqualTo(cluster.ranked(object).get(12));
                });
        assertThat(cluster.whole(object)).hasSize(12);
    }

    /**
     * A peer that is lost takes a column of each of many objects. What that costs in questions must not grow with the
     * holders that see it, nor with the repairs of one node.
     */
    @Test
    void the_loss_of_a_peer_costs_few_questions_for_each_object() throws InterruptedException {
        int peers = 30;
        int objects = 20;
        FakeCluster cluster = new FakeCluster(21, peers, SETTINGS);
        String lost = cluster.names().getFirst();
        List<FakeObject> hit = new ArrayList<>();
        for (long number = 100; hit.size() < objects; number++) {
            FakeObject object = FakeObject.of(number, 8, 4, 1, 3_000);
            if (cluster.ranked(object).subList(0, 12).contains(lost)) {
                cluster.place(object);
                hit.add(object);
            }
        }
        cluster.run(SETTINGS.scan().multipliedBy(3));
        cluster.sent.clear();
        cluster.run(SETTINGS.grace());
        assertThat(questions(cluster))
                .as("what has not changed is not asked for")
                .isZero();
        int idleMessages = cluster.sent(FetchChanges.class).size();

        cluster.down.add(lost);
        cluster.sent.clear();
        cluster.run(SETTINGS.grace().multipliedBy(2));

        assertThat(cluster.events(RepairEvent.RepairCompleted.class)).hasSize(objects);
        // If each of the eleven others asked everybody in every scan of the grace, it would be 165 times all peers.
        assertThat((double) questions(cluster) / objects).isLessThan(6.0 * peers);
        // Most of what a repair must know its node has heard in the last scan.
        int messages = cluster.sent(FetchChanges.class).size();
        assertThat((double) (messages - 2 * idleMessages) / objects).isLessThan(4.0 * peers);
        hit.forEach(object -> assertThat(cluster.whole(object)).hasSize(12));
    }

    /** A round more is a message more to each peer, in every scan until the grace is over. */
    @Test
    void while_something_is_missing_a_scan_sends_each_peer_one_message() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(22, 30, SETTINGS);
        String lost = cluster.names().getFirst();
        for (long number = 100; number < 120; number++) {
            cluster.place(FakeObject.of(number, 8, 4, 1, 3_000));
        }
        cluster.run(SETTINGS.scan().multipliedBy(3));
        cluster.down.add(lost);
        cluster.run(SETTINGS.scan().multipliedBy(12)); // until the last in rank has looked
        cluster.sent.clear();

        cluster.round();

        assertThat(cluster.events(RepairEvent.RepairStarted.class)).isEmpty();
        Map<List<String>, Long> messages = cluster.sent.stream()
                .filter(sent -> sent.request() instanceof FetchChanges)
                .collect(Collectors.groupingBy(sent -> List.of(sent.from(), sent.to()), Collectors.counting()));
        assertThat(messages).isNotEmpty();
        assertThat(messages.values()).containsOnly(1L);
    }

    /** {@return how often peers were asked about one object} */
    private static long questions(FakeCluster cluster) {
        return cluster.sent(FetchChanges.class).stream()
                .mapToLong(asked -> asked.objects().size())
                .sum();
    }

    @Test
    void the_next_in_rank_takes_over_from_one_that_does_nothing() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(3, 15, SETTINGS);
        FakeObject object = FakeObject.of(3, 4, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.holder(cluster.ranked(object).getFirst()).pretend(object.id(), 0);
        List<String> first = new ArrayList<>();
        cluster.hook = (from, request) -> {
            if (request instanceof OpenRepair && (first.isEmpty() || first.contains(from))) {
                first.add(from);
                throw new PeerFailure(cluster.holder(from).peer, new IllegalStateException("nobody answers it"));
            }
        };

        cluster.run(LONG);

        assertThat(first).isNotEmpty();
        assertThat(cluster.committers()).hasSize(1).doesNotContain(first.getFirst());
        assertThat(cluster.whole(object)).hasSize(8);
    }

    @Test
    void in_danger_the_grace_does_not_count() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(4, 15, SETTINGS);
        FakeObject object = FakeObject.of(4, 8, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.ranked(object).subList(0, 3).forEach(cluster.down::add);

        cluster.run(Duration.ofMinutes(4));

        assertThat(cluster.whole(object)).hasSize(12);
    }

    @Test
    void holders_absent_for_less_than_the_grace_cost_no_repair_though_they_go_a_hundred_times()
            throws InterruptedException {
        FakeCluster cluster = new FakeCluster(5, 20, SETTINGS);
        FakeObject object = FakeObject.of(5, 8, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        for (int time = 0; time < 100; time++) {
            cluster.down.clear();
            cluster.down.add(cluster.ranked(object).get(time % 5));
            cluster.down.add(cluster.ranked(object).get((time + 1) % 5));
            cluster.run(SETTINGS.grace().dividedBy(2).minus(SETTINGS.scan()));
        }

        assertThat(cluster.shardBytes()).isZero();
        assertThat(cluster.events(RepairEvent.RepairStarted.class)).isEmpty();
    }

    @Test
    void a_deletion_known_to_one_is_passed_on_and_nothing_is_repaired() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(6, 15, SETTINGS);
        FakeObject object = FakeObject.of(6, 8, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.holder(cluster.ranked(object).get(5)).learn(object.delete(2));
        cluster.down.add(cluster.ranked(object).get(7));

        cluster.run(LONG);

        assertThat(cluster.sent(OpenRepair.class)).isEmpty();
        assertThat(cluster.names().stream()
                        .filter(name -> !cluster.down.contains(name))
                        .filter(name ->
                                !cluster.holder(name).columnsOf(object.id()).isEmpty()))
                .isEmpty();

        cluster.down.clear(); // the one that slept through it
        cluster.run(LONG);
        assertThat(cluster.whole(object)).isEmpty();
        assertThat(cluster.events(RepairEvent.RepairCompleted.class)).isEmpty();
    }

    @Test
    void a_deletion_in_the_middle_of_a_repair_is_not_undone() throws InterruptedException {
        for (int at = 0; at < 12; at++) {
            FakeCluster cluster = new FakeCluster(7, 15, SETTINGS);
            FakeObject object = FakeObject.of(7, 4, 4, 3, 3_000);
            cluster.place(object);
            cluster.round();
            cluster.down.add(cluster.ranked(object).get(7));
            FakeHolder witness = cluster.holder(cluster.ranked(object).get(1));
            int[] left = {at};
            cluster.hook = (_, request) -> {
                if ((request instanceof FetchShard || request instanceof StoreShard || request instanceof OpenRepair)
                        && left[0]-- == 0) {
                    witness.learn(object.delete(9));
                }
            };

            cluster.run(LONG);

            assertThat(left[0]).isNegative();
            assertThat(cluster.whole(object)).as("deleted before step %s", at).isEmpty();
            assertThat(cluster.sent(CommitColumns.class)).isEmpty();
        }
    }

    @Test
    void who_only_speaks_of_a_deletion_does_not_keep_an_object_from_repair() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(8, 15, SETTINGS);
        FakeObject object = FakeObject.of(8, 4, 4, 1, 3_000);
        cluster.place(object);
        cluster.holder(cluster.ranked(object).get(10)).saysDeleted.add(object.id());
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(7));

        cluster.run(LONG);

        assertThat(cluster.whole(object)).hasSize(8);
    }

    @Test
    void a_newer_lease_reaches_every_holder() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(9, 15, SETTINGS);
        FakeObject object = FakeObject.of(9, 4, 4, 1, 3_000);
        cluster.place(object);
        cluster.holder(cluster.ranked(object).get(3)).learn(object.keep(5));

        cluster.run(Duration.ofMinutes(30));

        assertThat(cluster.ranked(object).subList(0, 8))
                .allSatisfy(name -> assertThat(cluster.holder(name).leaseSequence(object.id()))
                        .isEqualTo(5));
    }

    @Test
    void an_object_that_was_made_wrong_is_reported_once_by_each_who_tried_and_left_alone() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(10, 12, SETTINGS);
        FakeObject object = FakeObject.of(10, 4, 3, 2, 3_000, true);
        cluster.place(object);
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(6));

        cluster.run(Duration.ofHours(12));

        assertThat(cluster.events(RepairEvent.ObjectInconsistent.class))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.columns()).isEqualTo("6"));
        assertThat(cluster.events.stream()
                        .filter(one -> one.event() instanceof RepairEvent.ObjectInconsistent)
                        .map(FakeCluster.Emitted::node))
                .doesNotHaveDuplicates();
        assertThat(cluster.sent(CommitColumns.class)).isEmpty();
    }

    @Test
    void a_repairer_that_crashes_at_any_request_leaves_the_object_repairable() throws InterruptedException {
        boolean crashed = true;
        for (int at = 0; crashed; at++) {
            FakeCluster cluster = new FakeCluster(11, 12, SETTINGS);
            FakeObject object = FakeObject.of(11, 3, 3, 2, 2_000);
            cluster.place(object);
            cluster.round();
            cluster.down.add(cluster.ranked(object).get(5));
            cluster.run(SETTINGS.grace().minus(SETTINGS.scan()));
            String[] victim = {""};
            int[] left = {at};
            cluster.hook = (from, request) -> {
                boolean repairing = !victim[0].isEmpty() || request instanceof OpenRepair;
                if (repairing && (victim[0].isEmpty() || victim[0].equals(from))) {
                    victim[0] = from;
                    if (left[0]-- == 0) {
                        throw new FakeCluster.Crash();
                    }
                }
            };
            crashed = catchThrowable(() -> cluster.run(Duration.ofHours(1))) instanceof FakeCluster.Crash;
            cluster.hook = (_, _) -> {};
            if (crashed) {
                cluster.start(victim[0]);
            }

            cluster.run(Duration.ofMinutes(90));

            assertThat(cluster.whole(object)).as("crash at request %s", at).hasSize(6);
            if (at > 45) {
                break; // by now it only looks
            }
        }
    }

    @Test
    void shards_go_no_faster_than_the_budget_allows() throws InterruptedException {
        long rate = 20_000;
        FakeCluster cluster = new FakeCluster(12, 12, SETTINGS.withBytesPerSecond(rate));
        FakeObject object = FakeObject.of(12, 4, 4, 40, 10_000);
        cluster.place(object);
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(6));
        long[] started = {-1, 0, 0};
        cluster.hook = (_, request) -> {
            if (request instanceof FetchShard && started[0] < 0) {
                started[0] = cluster.clock.nanoTime();
            }
            if (request instanceof StoreShard) {
                started[1] = cluster.clock.nanoTime();
            }
        };

        cluster.run(LONG);

        assertThat(cluster.whole(object)).hasSize(8);
        double seconds = (started[1] - started[0]) / 1e9;
        assertThat((double) cluster.shardBytes())
                .isGreaterThan(1_000_000)
                .isLessThanOrEqualTo(rate * (seconds + 1) + 50_000);
    }

    @Test
    void who_loses_half_of_the_peers_at_once_repairs_nothing_until_they_are_back() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(13, 14, SETTINGS);
        FakeObject object = FakeObject.of(13, 3, 9, 1, 2_000);
        cluster.place(object);
        cluster.round();
        cluster.ranked(object).subList(0, 7).forEach(cluster.down::add);

        cluster.run(LONG);

        assertThat(cluster.events(RepairEvent.RepairStarted.class)).isEmpty();
        assertThat(cluster.events(RepairEvent.RepairHeldBack.class)).isNotEmpty();
        String survivor = cluster.ranked(object).get(8);
        assertThat(cluster.flock(survivor).mayAct(cluster.clock.nanoTime())).isFalse();

        cluster.ranked(object).subList(1, 7).forEach(cluster.down::remove);
        cluster.run(LONG);

        assertThat(cluster.whole(object)).hasSize(12);
        assertThat(cluster.events(RepairEvent.RepairCompleted.class)).hasSize(1);
    }

    @Test
    void a_damaged_shard_is_rebuilt_where_it_was_and_alone() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(14, 12, SETTINGS);
        FakeObject object = FakeObject.of(14, 4, 4, 5, 3_000);
        cluster.place(object);
        cluster.round();
        String node = cluster.ranked(object).get(2);
        FakeHolder holder = cluster.holder(node);
        holder.lose(object.id(), 2, 3);
        holder.damage.add(new LocalHoldings.Damage(object.id(), 2, 3));

        cluster.round();

        assertThat(holder.shard(object.id(), 2, 3))
                .contains(object.columns().get(2).get(3));
        assertThat(cluster.sent(StoreShard.class)).isEmpty(); // it was stored without a message
        assertThat(cluster.sent(FetchShard.class)).hasSize(4);
        assertThat(cluster.events(RepairEvent.ColumnRestored.class))
                .singleElement()
                .satisfies(restored -> {
                    assertThat(restored.holder()).isEqualTo(node);
                    assertThat(restored.segments()).isEqualTo(1);
                });
    }

    @Test
    void a_wrong_shard_is_named_and_replaced_and_a_slow_holder_is_not_waited_for() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(15, 14, SETTINGS);
        FakeObject object = FakeObject.of(15, 4, 6, 4, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(9));
        cluster.run(SETTINGS.grace().minus(SETTINGS.scan()));
        cluster.hook = (_, request) -> {
            if (request instanceof OpenRepair) { // after the last audit
                cluster.slow.put(cluster.ranked(object).get(0), Duration.ofSeconds(30));
                if (cluster.events(RepairEvent.AuditFailed.class).isEmpty()) {
                    cluster.holder(cluster.ranked(object).get(1)).rot(object.id(), 1);
                }
                cluster.hook = (_, _) -> {};
            }
        };

        cluster.run(Duration.ofMinutes(30));
        assertThat(cluster.events(RepairEvent.RepairCompleted.class)).hasSize(1);
        cluster.slow.clear();
        cluster.run(LONG);

        assertThat(cluster.events(RepairEvent.AuditFailed.class)).isNotEmpty().allSatisfy(failed -> {
            assertThat(failed.column()).isEqualTo(1);
            assertThat(failed.peer()).isEqualTo(cluster.ranked(object).get(1));
        });
        assertThat(cluster.whole(object)).hasSize(10);
    }

    @Test
    void a_holder_that_drops_an_object_between_question_and_audit_is_not_accused() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(21, 12, SETTINGS);
        FakeObject object = FakeObject.of(21, 4, 4, 1, 3_000);
        cluster.place(object);
        FakeHolder holder = cluster.holder(cluster.ranked(object).get(2));
        cluster.hook = (_, request) -> {
            if (request instanceof Audit audit && audit.column() == 2) {
                holder.learn(object.delete(2));
            }
        };

        cluster.run(Duration.ofMinutes(10));

        assertThat(holder.knowsDeleted(object.id())).isTrue();
        assertThat(cluster.events(RepairEvent.AuditFailed.class)).isEmpty();
    }

    @Test
    void peers_without_room_are_passed_over() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(16, 15, SETTINGS);
        FakeObject object = FakeObject.of(16, 4, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(4));
        cluster.holder(cluster.ranked(object).get(8)).freeBytes = 10;
        cluster.hook = (_, request) -> {
            if (request instanceof OpenRepair) {
                cluster.holder(cluster.ranked(object).get(9)).refusesAll = true;
            }
        };

        cluster.run(LONG);

        assertThat(cluster.holder(cluster.ranked(object).get(10)).columnsOf(object.id()))
                .containsExactly(4);
        assertThat(cluster.whole(object)).hasSize(8);
    }

    @Test
    void with_too_few_peers_for_all_columns_some_hold_two() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(17, 8, SETTINGS);
        FakeObject object = FakeObject.of(17, 4, 4, 1, 3_000);
        cluster.place(object);
        cluster.round();
        cluster.down.add(cluster.ranked(object).get(4));

        cluster.run(LONG);

        assertThat(cluster.whole(object)).hasSize(8);
    }

    @Test
    void many_objects_are_looked_at_in_turn() throws InterruptedException {
        RepairSettings settings = new RepairSettings(
                true,
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                8 << 20,
                300,
                7,
                Duration.ofDays(1));
        FakeCluster cluster = new FakeCluster(18, 10, settings);
        List<FakeObject> objects = IntStream.range(0, 30)
                .mapToObj(i -> FakeObject.of(100 + i, 2, 2, 1, 500))
                .toList();
        objects.forEach(cluster::place);
        cluster.run(Duration.ofMinutes(10));
        String lost = cluster.names().get(4);
        cluster.down.add(lost);

        cluster.run(LONG);

        assertThat(objects)
                .allSatisfy(object -> assertThat(cluster.whole(object)).hasSize(4));
    }

    @Test
    void what_cannot_be_rebuilt_is_said_and_tried_again_later() throws InterruptedException {
        FakeCluster cluster = new FakeCluster(19, 14, SETTINGS);
        FakeObject object = FakeObject.of(19, 4, 2, 1, 3_000);
        cluster.place(object);
        cluster.round();
        List<String> gone = cluster.ranked(object).subList(0, 3);
        gone.forEach(cluster.down::add);

        cluster.run(Duration.ofHours(1));
        assertThat(cluster.events(RepairEvent.RepairFailed.class))
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(failed.why()).startsWith("only 3 columns of 4"));
        assertThat(cluster.shardBytes()).isZero();
        cluster.down.remove(gone.getFirst());
        cluster.run(LONG);

        assertThat(cluster.whole(object)).hasSize(6);
    }

    @Test
    void the_same_seed_gives_the_same_run() throws InterruptedException {
        List<List<FakeCluster.Sent>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            FakeCluster cluster = new FakeCluster(20, 14, SETTINGS);
            FakeObject object = FakeObject.of(20, 4, 4, 2, 3_000);
            cluster.place(object);
            cluster.down.add(cluster.ranked(object).get(2));
            cluster.run(Duration.ofHours(1));
            runs.add(cluster.sent);
        }

        assertThat(runs.get(0)).isNotEmpty().isEqualTo(runs.get(1));
    }
}
