package net.pangea.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.PeerId;
import net.pangea.store.MemoryStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class LegacyStoreTest {
    private static final PeerId ALICE = Identities.of(1).peerId();
    private static final PeerId BOB = Identities.of(2).peerId();
    private static final PeerId CAROL = Identities.of(3).peerId();
    private static final Bytes FILE = ascii("file");

    private static LegacySettings settings(long quotaBytes, int entries, long peerQuotaBytes) {
        return new LegacySettings(quotaBytes, entries, peerQuotaBytes, 4, 2, Duration.ofSeconds(1));
    }

    private static LegacyStore roomy(MemoryStore entries) {
        return LegacyStore.open(entries, LegacySettings.DEFAULT);
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Bytes sized(int bytes) {
        return Bytes.wrap(new byte[bytes]);
    }

    private static Reason refused(ThrowingCallable call) {
        return catchThrowableOfType(LegacyRefusal.class, call).reason();
    }

    @Example
    void shards_and_shares_are_found_under_the_names_they_were_stored_under() throws InterruptedException {
        LegacyStore store = roomy(new MemoryStore());

        store.keepShard(ALICE, FILE, 0, ascii("zero"));
        store.keepShard(ALICE, FILE, 0xffff_ffffL, ascii("last"));
        store.keepShare(BOB, FILE, ascii("share"));

        assertThat(store.shard(FILE, 0)).contains(ascii("zero"));
        assertThat(store.shard(FILE, 0xffff_ffffL)).contains(ascii("last"));
        assertThat(store.share(FILE)).contains(ascii("share"));
        assertThat(store.shard(FILE, 1)).isEmpty();
        assertThat(store.share(ascii("other"))).isEmpty();
        assertThat(store.usedBytes()).isEqualTo(13);
    }

    @Example
    void a_peer_replaces_what_it_has_stored_and_nobody_else_does() throws InterruptedException {
        LegacyStore store = roomy(new MemoryStore());
        store.keepShard(ALICE, FILE, 0, ascii("first"));

        store.keepShard(ALICE, FILE, 0, ascii("second"));
        Reason reason = refused(() -> store.keepShard(BOB, FILE, 0, ascii("other")));
        store.keepShard(BOB, FILE, 0, ascii("second"));

        assertThat(reason).isEqualTo(Reason.TAKEN);
        assertThat(store.shard(FILE, 0)).contains(ascii("second"));
        assertThat(store.usedBytes()).isEqualTo(6);
        assertThat(store.entries()).isEqualTo(1);
    }

    @Example
    void the_quotas_of_bytes_entries_and_each_peer_are_kept_to_the_byte() throws InterruptedException {
        LegacyStore store = LegacyStore.open(new MemoryStore(), settings(25, 4, 10));
        store.keepShard(ALICE, FILE, 0, sized(10));

        assertThat(refused(() -> store.keepShard(ALICE, FILE, 1, sized(1)))).isEqualTo(Reason.PEER_QUOTA);
        store.keepShard(ALICE, FILE, 0, sized(9));
        store.keepShard(ALICE, FILE, 1, sized(1));
        store.keepShard(BOB, FILE, 2, sized(10));
        assertThat(refused(() -> store.keepShard(CAROL, FILE, 3, sized(6)))).isEqualTo(Reason.FULL);
        store.keepShard(CAROL, FILE, 3, sized(4));
        assertThat(refused(() -> store.keepShard(CAROL, FILE, 4, sized(1)))).isEqualTo(Reason.FULL);

        assertThat(store.usedBytes()).isEqualTo(24);
        assertThat(store.entries()).isEqualTo(4);
        assertThat(store.shard(FILE, 4)).isEmpty();
    }

    @Example
    void after_a_restart_everything_is_there_and_counted() throws InterruptedException {
        MemoryStore entries = new MemoryStore();
        LegacyStore before = LegacyStore.open(entries, settings(100, 10, 10));
        before.keepShard(ALICE, FILE, 0, sized(10));
        before.keepShare(BOB, FILE, sized(7));

        LegacyStore after = LegacyStore.open(entries, settings(100, 10, 10));

        assertThat(after.usedBytes()).isEqualTo(17);
        assertThat(after.entries()).isEqualTo(2);
        assertThat(after.share(FILE)).contains(sized(7));
        assertThat(refused(() -> after.keepShard(ALICE, FILE, 1, sized(1)))).isEqualTo(Reason.PEER_QUOTA);
        assertThat(refused(() -> after.keepShare(CAROL, FILE, sized(1)))).isEqualTo(Reason.TAKEN);
    }

    @Example
    void what_has_rotted_is_gone_and_its_room_is_free_for_anybody() throws InterruptedException {
        MemoryStore entries = new MemoryStore();
        LegacyStore store = LegacyStore.open(entries, settings(10, 10, 10));
        store.keepShard(ALICE, FILE, 0, sized(10));

        entries.damage(ItemName.shard(FILE, 0).key());

        assertThat(store.shard(FILE, 0)).isEmpty();
        assertThat(store.usedBytes()).isZero();
        store.keepShard(BOB, FILE, 0, ascii("new"));
        assertThat(store.shard(FILE, 0)).contains(ascii("new"));
    }

    @Example
    void a_store_that_is_full_is_named_and_nothing_is_counted() throws InterruptedException {
        LegacyStore store = roomy(new MemoryStore(100));
        store.keepShard(ALICE, FILE, 0, sized(20));

        assertThat(refused(() -> store.keepShard(ALICE, FILE, 0, sized(90)))).isEqualTo(Reason.FULL);
        assertThat(refused(() -> store.keepShard(ALICE, FILE, 1, sized(90)))).isEqualTo(Reason.FULL);

        assertThat(store.usedBytes()).isEqualTo(20);
        assertThat(store.entries()).isEqualTo(1);
        assertThat(store.shard(FILE, 0)).contains(sized(20));
    }

    /** In which somebody stores what another has stored, to the byte. */
    @Example
    void whoever_stores_what_is_there_is_told_that_it_is_kept() throws InterruptedException {
        whatever_is_stored_the_quotas_hold_and_what_was_taken_is_there(191_538);
    }

    /** Against a model: a map from names to who stored what, within the same quotas. */
    @Property(tries = 300)
    void whatever_is_stored_the_quotas_hold_and_what_was_taken_is_there(@ForAll long seed) throws InterruptedException {
        RandomStream random = RandomStream.of(seed, "store");
        MemoryStore entries = new MemoryStore();
        LegacySettings settings = settings(200, 8, 90);
        LegacyStore store = LegacyStore.open(entries, settings);
        Map<Integer, Bytes> model = new LinkedHashMap<>();
        Map<Integer, PeerId> owners = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            PeerId peer = Identities.of(random.nextInt(4)).peerId();
            int index = random.nextInt(12);
            byte[] data = new byte[1 + random.nextInt(60)];
            random.fill(data);
            boolean isThere = Bytes.wrap(data).equals(model.getOrDefault(index, Bytes.EMPTY));
            try {
                store.keepShard(peer, FILE, index, Bytes.wrap(data));
                assertThat(isThere || owners.getOrDefault(index, peer).equals(peer))
                        .isTrue();
                model.put(index, Bytes.wrap(data));
                owners.putIfAbsent(index, peer);
            } catch (LegacyRefusal e) {
                assertThat(e.reason()).isIn(Reason.TAKEN, Reason.FULL, Reason.PEER_QUOTA);
            }
            if (random.nextInt(20) == 0) {
                store = LegacyStore.open(entries, settings);
            }
            assertThat(store.entries()).isEqualTo(model.size()).isLessThanOrEqualTo(8);
            assertThat(store.usedBytes()).isEqualTo(bytes(model)).isLessThanOrEqualTo(200);
        }
        for (Map.Entry<Integer, Bytes> kept : model.entrySet()) {
            assertThat(store.shard(FILE, kept.getKey())).contains(kept.getValue());
        }
        for (PeerId peer : owners.values()) {
            Map<Integer, Bytes> own = new LinkedHashMap<>(model);
            own.keySet().removeIf(index -> !peer.equals(owners.get(index)));
            assertThat(bytes(own)).isLessThanOrEqualTo(90);
        }
    }

    private static long bytes(Map<Integer, Bytes> kept) {
        return kept.values().stream().mapToLong(Bytes::size).sum();
    }
}
