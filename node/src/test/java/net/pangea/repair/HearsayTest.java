package net.pangea.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.pangea.bytes.Sha256;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Reply;

/** What is remembered of peers' answers is what they would say if they were asked for everything. */
class HearsayTest {
    private static final List<FakeObject> OBJECTS = List.of(
            FakeObject.of(1, 2, 1, 2, 40),
            FakeObject.of(2, 2, 1, 2, 40),
            FakeObject.of(3, 2, 1, 2, 40),
            FakeObject.of(4, 2, 1, 2, 40),
            FakeObject.of(5, 2, 1, 2, 40),
            FakeObject.of(6, 2, 1, 2, 40));

    private final FakeClock clock = new FakeClock();
    private final Map<String, FakeHolder> holders = new TreeMap<>();
    private final List<FetchChanges> asked = new ArrayList<>();
    private boolean losesAnswers;
    private Runnable beforeTheAnswerArrives = () -> {};

    private Hearsay hearsay(int rememberedMax) {
        for (int i = 0; i < 3; i++) {
            FakeHolder holder = new FakeHolder("node-" + i, i);
            holders.put(holder.peer.name(), holder);
        }
        FakeHolder self = new FakeHolder("self", 9);
        PeerCaller caller = (to, request) -> {
            Reply reply = holder(to).answer(request);
            if (request instanceof FetchChanges changes) {
                asked.add(changes);
            }
            beforeTheAnswerArrives.run();
            if (losesAnswers) {
                throw new PeerFailure(to, new IllegalStateException("the answer is lost"));
            }
            return reply;
        };
        Surroundings around =
                new Surroundings(clock, new InlineTasks(), _ -> {}, caller, new NoNeighbours(self.peer), self, 0);
        Flock flock = RepairService.flock(clock, RepairSettings.DEFAULT);
        return new Hearsay(clock, new Crew(around, flock), rememberedMax);
    }

    private record NoNeighbours(Peer self) implements Neighbourhood {
        @Override
        public List<Peer> ranked(Sha256 placementKey) {
            return List.of(self);
        }

        @Override
        public String domain(Peer peer) {
            return peer.name();
        }
    }

    private FakeHolder holder(Peer peer) {
        return Optional.ofNullable(holders.get(peer.name())).orElseThrow();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void after_any_changes_restarts_and_lost_answers_it_is_the_full_answer(
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) throws InterruptedException {
        RandomStream random = RandomStream.of(seed, "hearsay");
        Hearsay hearsay = hearsay(random.nextInt(2) == 0 ? Hearsay.REMEMBERED_MAX : 1 + random.nextInt(12));
        List<FakeHolder> all = List.copyOf(holders.values());
        for (FakeHolder holder : all) {
            holder.changesToldMax = random.nextInt(6);
            holder.objectsToldMax = 1 + random.nextInt(6);
        }
        for (int step = 0; step < 120; step++) {
            FakeHolder holder = all.get(random.nextInt(all.size()));
            FakeObject object = OBJECTS.get(random.nextInt(OBJECTS.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> holder.give(object, random.nextInt(3));
                case 2 -> {
                    if (!holder.columnsOf(object.id()).isEmpty()) {
                        holder.lose(object.id(), holder.columnsOf(object.id()).getFirst(), random.nextInt(2));
                    }
                }
                case 3 -> holder.learn(random.nextInt(4) == 0 ? object.delete(2 + step) : object.keep(2 + step));
                case 4 -> {
                    if (random.nextInt(3) == 0) {
                        holder.restart();
                    }
                }
                default -> {
                    losesAnswers = random.nextInt(4) == 0;
                    List<Sha256> wanted = OBJECTS.stream()
                            .map(FakeObject::id)
                            .filter(_ -> random.nextInt(3) > 0)
                            .toList();
                    Optional<Map<Sha256, Holding>> said = said(
                            hearsay,
                            holder.peer,
                            wanted.stream().map(Picture.Wanted::of).toList(),
                            hearsay.now());
                    assertThat(said.isPresent()).isEqualTo(!losesAnswers);
                    said.ifPresent(answer -> assertIsTold(holder, wanted, answer));
                }
            }
        }
    }

    private static Optional<Map<Sha256, Holding>> said(
            Hearsay hearsay, Peer peer, List<Picture.Wanted> wanted, Hearsay.Since since) throws InterruptedException {
        return hearsay.of(peer, wanted, since, since);
    }

    /** Whatever is told is what is held, and where nothing is cut off, it is all of it. */
    private static void assertIsTold(FakeHolder holder, List<Sha256> wanted, Map<Sha256, Holding> told) {
        if (!wanted.isEmpty()) {
            Holdings full = (Holdings) holder.answer(new FetchHoldings(wanted));
            Map<Sha256, Holding> held = new TreeMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                held.put(wanted.get(i), full.objects().get(i));
            }
            assertThat(held).containsAllEntriesOf(told);
            if (holder.objectsToldMax >= OBJECTS.size()) {
                assertThat(told).hasSize(wanted.size());
            }
        }
    }

    @Example
    void what_has_not_changed_is_told_once() throws InterruptedException {
        Hearsay hearsay = hearsay(Hearsay.REMEMBERED_MAX);
        Peer peer = holders.values().iterator().next().peer;
        holder(peer).give(OBJECTS.getFirst(), 1);
        List<Picture.Wanted> wanted =
                OBJECTS.stream().map(object -> Picture.Wanted.of(object.id())).toList();

        var first = said(hearsay, peer, wanted, hearsay.now());
        var second = said(hearsay, peer, wanted, hearsay.now());

        assertThat(second).isEqualTo(first);
        assertThat(asked.stream().map(question -> question.objects().size())).containsExactly(OBJECTS.size(), 0);
        assertThat(holder(peer).answer(asked.getLast())).isInstanceOfSatisfying(Changes.class, answer -> {
            assertThat(answer.unbroken()).isTrue();
            assertThat(answer.changed()).isEmpty();
        });
    }

    @Example
    void an_answer_that_is_young_enough_serves_again_and_so_does_a_silence() throws InterruptedException {
        Hearsay hearsay = hearsay(Hearsay.REMEMBERED_MAX);
        List<Peer> peers = holders.values().stream().map(holder -> holder.peer).toList();
        List<Picture.Wanted> wanted =
                List.of(Picture.Wanted.of(OBJECTS.getFirst().id()));
        var heard = said(hearsay, peers.get(0), wanted, hearsay.now());
        losesAnswers = true;
        assertThat(said(hearsay, peers.get(1), wanted, hearsay.now())).isEmpty();
        asked.clear();
        clock.sleep(Duration.ofSeconds(20));

        assertThat(said(hearsay, peers.get(0), wanted, hearsay.ago(Duration.ofSeconds(20))))
                .isEqualTo(heard);
        assertThat(said(hearsay, peers.get(1), wanted, hearsay.ago(Duration.ofSeconds(20))))
                .isEmpty();
        assertThat(hearsay.isSilent(peers.get(1), hearsay.ago(Duration.ofSeconds(20))))
                .isTrue();
        assertThat(asked).isEmpty();
        assertThat(hearsay.remembered(peers.get(0), wanted, hearsay.ago(Duration.ofSeconds(19))))
                .isEmpty();
    }

    @Example
    void a_peer_that_was_given_something_is_asked_again() throws InterruptedException {
        Hearsay hearsay = hearsay(Hearsay.REMEMBERED_MAX);
        Peer peer = holders.values().iterator().next().peer;
        List<Picture.Wanted> wanted =
                List.of(Picture.Wanted.of(OBJECTS.getFirst().id()));
        var _ = said(hearsay, peer, wanted, hearsay.now());

        holder(peer).give(OBJECTS.getFirst(), 0);
        hearsay.hasChanged(peer.name());

        assertThat(said(hearsay, peer, wanted, hearsay.ago(Duration.ofHours(1))))
                .hasValueSatisfying(said -> assertThat(
                                said.get(OBJECTS.getFirst().id()))
                        .satisfies(holding -> assertThat(holding.columns()).hasSize(1)));
    }

    @Example
    void a_peer_that_is_given_something_while_it_answers_is_asked_again() throws InterruptedException {
        Hearsay hearsay = hearsay(Hearsay.REMEMBERED_MAX);
        Peer peer = holders.values().iterator().next().peer;
        List<Picture.Wanted> wanted =
                List.of(Picture.Wanted.of(OBJECTS.getFirst().id()));
        beforeTheAnswerArrives = () -> {
            holder(peer).give(OBJECTS.getFirst(), 0);
            hearsay.hasChanged(peer.name());
            beforeTheAnswerArrives = () -> {};
        };
        var _ = said(hearsay, peer, wanted, hearsay.now());

        assertThat(hearsay.remembered(peer, wanted, hearsay.ago(Duration.ofHours(1))))
                .isEmpty();
        assertThat(said(hearsay, peer, wanted, hearsay.ago(Duration.ofHours(1))))
                .hasValueSatisfying(said -> assertThat(
                                said.get(OBJECTS.getFirst().id()))
                        .satisfies(holding -> assertThat(holding.columns()).hasSize(1)));
    }

    @Example
    void pictures_are_bounded() throws InterruptedException {
        Hearsay hearsay = hearsay(4);
        List<Peer> peers = holders.values().stream().map(holder -> holder.peer).toList();
        List<Picture.Wanted> wanted = OBJECTS.subList(0, 2).stream()
                .map(object -> Picture.Wanted.of(object.id()))
                .toList();
        for (Peer peer : peers) {
            var _ = said(hearsay, peer, wanted, hearsay.now());
        }

        assertThat(hearsay.remembered(peers.get(0), wanted, hearsay.ago(Duration.ofHours(1))))
                .isEmpty();
        assertThat(hearsay.remembered(peers.get(2), wanted, hearsay.ago(Duration.ofHours(1))))
                .isPresent();
    }
}
