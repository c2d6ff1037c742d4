package net.pangea.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import net.pangea.ces.Ces;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.Stripe;
import net.pangea.ces.XChaCha20Poly1305;

/** Sealing, storing and fetching 1 MiB: our parts, the product's {@link Ces} whole, and the libraries in C. */
final class CodingRaces {
    static final String JAVA = "Java";
    static final String C = "C";
    static final String CES = "Ces";

    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final ReedSolomon code;
    private final Peers peers;
    private final Matrices matrices;
    private final SortedSet<Integer> present;
    private final SortedSet<Integer> lost;
    private final byte[] key = new byte[Ces.KEY_BYTES];
    private final byte[] nonce = new byte[XChaCha20Poly1305.NONCE_BYTES];

    CodingRaces(ReedSolomon code, Peers peers) {
        this.code = code;
        this.peers = peers;
        matrices = new Matrices(code);
        present = matrices.present();
        lost = matrices.lost();
    }

    Race seal(byte[] plain) {
        List<Work> works = new ArrayList<>();
        works.add(
                Work.of(JAVA, () -> XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, plain), message -> message));
        MemorySegment in = allocate(plain);
        MemorySegment out = allocate(new byte[plain.length + XChaCha20Poly1305.TAG_BYTES]);
        MemorySegment nativeKey = allocate(key);
        MemorySegment nativeNonce = allocate(nonce);
        peers.sodium()
                .ifPresent(sodium -> works.add(Work.of(
                        C,
                        () -> {
                            sodium.seal(nativeKey, nativeNonce, in, out);
                            return out;
                        },
                        message -> message.toArray(ValueLayout.JAVA_BYTE))));
        return new Race("XChaCha20-Poly1305 seal", plain.length, works);
    }

    Race open(byte[] plain) {
        byte[] sealed = XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, plain);
        List<Work> works = new ArrayList<>();
        works.add(
                Work.of(JAVA, () -> XChaCha20Poly1305.open(key, nonce, NO_ASSOCIATED_DATA, sealed), opened -> opened));
        MemorySegment in = allocate(sealed);
        MemorySegment out = allocate(new byte[plain.length]);
        MemorySegment nativeKey = allocate(key);
        MemorySegment nativeNonce = allocate(nonce);
        peers.sodium()
                .ifPresent(sodium -> works.add(Work.of(
                        C,
                        () -> {
                            sodium.open(nativeKey, nativeNonce, in, out);
                            return out;
                        },
                        opened -> opened.toArray(ValueLayout.JAVA_BYTE))));
        return new Race("XChaCha20-Poly1305 open", plain.length, works);
    }

    /** Without hashing: content to shards. Each stripe is decoded by {@link Ces}, whoever made it. */
    Race store(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        Ces ces = new Ces(code.dataShards(), code.parityShards());
        SecureRandom nonces = new SecureRandom();
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, java::store, stripe -> decoded(shards(stripe))));
        works.add(Work.of(CES, () -> ces.encode(content.bytes(), key, nonces), this::decoded));
        nativeCoding(content)
                .ifPresent(coding -> works.add(Work.of(C, coding::store, stripe -> decoded(shards(stripe)))));
        return new Race("store " + content.name(), content.bytes().length, works);
    }

    /** Without hashing: shards to content, as many data shards lost as there are parity shards. */
    Race fetch(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        Stripe _ = java.store();
        Ces ces = new Ces(code.dataShards(), code.parityShards());
        List<Optional<byte[]>> left = new ArrayList<>();
        List<byte[]> stored = ces.encode(content.bytes(), key, new SecureRandom());
        for (int i = 0; i < stored.size(); i++) {
            left.add(lost.contains(i) ? Optional.empty() : Optional.of(stored.get(i)));
        }
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, () -> java.fetch(present, lost), fetched -> fetched));
        works.add(Work.of(CES, () -> ces.decode(left, key, content.bytes().length), fetched -> fetched));
        nativeCoding(content).ifPresent(coding -> {
            MemorySegment _ = coding.store();
            works.add(Work.of(C, coding::fetch, fetched -> fetched.toArray(ValueLayout.JAVA_BYTE)));
        });
        return new Race("fetch " + content.name(), content.bytes().length, works);
    }

    private Optional<NativeCoding> nativeCoding(Content content) {
        return peers.zstd()
                .flatMap(zstd -> peers.sodium()
                        .flatMap(sodium ->
                                peers.isal().map(isal -> new NativeCoding(content, matrices, zstd, sodium, isal))));
    }

    private byte[] decoded(List<byte[]> shards) {
        return new Ces(code.dataShards(), code.parityShards())
                .decode(shards.stream().map(Optional::of).toList(), key, Ces.CONTENT_BYTES_MAX);
    }

    private static List<byte[]> shards(Stripe stripe) {
        return IntStream.range(0, stripe.shards()).mapToObj(stripe::shard).toList();
    }

    private List<byte[]> shards(MemorySegment stripe) {
        long shardSize = stripe.byteSize() / code.totalShards();
        return IntStream.range(0, code.totalShards())
                .mapToObj(i -> stripe.asSlice(i * shardSize, shardSize).toArray(ValueLayout.JAVA_BYTE))
                .toList();
    }

    private static MemorySegment allocate(byte[] bytes) {
        return Arena.global().allocate(bytes.length, 64).copyFrom(MemorySegment.ofArray(bytes));
    }
}
