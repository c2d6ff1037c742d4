package net.pangea.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;

/** Sealing, storing and fetching 1 MiB: our parts, the product's {@code Ces} whole, and the libraries in C. */
final class CodingRaces {
    static final String JAVA = "Java";
    static final String C = "C";
    static final String CES = "Ces";

    private final ReedSolomon code;
    private final Peers peers;
    private final Matrices matrices;
    private final SortedSet<Integer> present;
    private final SortedSet<Integer> lost;
    private final Product product;

    CodingRaces(ReedSolomon code, Peers peers) {
        this.code = code;
        this.peers = peers;
        product = new Product(code);
        matrices = new Matrices(code);
        present = matrices.present();
        lost = matrices.lost();
    }

    Race seal(byte[] plain) {
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, () -> Product.seal(plain), message -> message));
        MemorySegment in = allocate(plain);
        MemorySegment out = allocate(new byte[plain.length + Product.TAG_BYTES]);
        MemorySegment nativeKey = allocate(new byte[Product.KEY_BYTES]);
        MemorySegment nativeNonce = allocate(new byte[Product.NONCE_BYTES]);
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
        byte[] sealed = Product.seal(plain);
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, () -> Product.open(sealed), opened -> opened));
        MemorySegment in = allocate(sealed);
        MemorySegment out = allocate(new byte[plain.length]);
        MemorySegment nativeKey = allocate(new byte[Product.KEY_BYTES]);
        MemorySegment nativeNonce = allocate(new byte[Product.NONCE_BYTES]);
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

    /** Without hashing: content to shards. Each stripe is decoded by {@code Ces}, whoever made it. */
    Race store(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, java::store, stripe -> decoded(shards(stripe))));
        works.add(Work.of(CES, () -> product.encode(content), this::decoded));
        nativeCoding(content)
                .ifPresent(coding -> works.add(Work.of(C, coding::store, stripe -> decoded(shards(stripe)))));
        return new Race("store " + content.name(), content.bytes().length, works);
    }

    /** Without hashing: shards to content, as many data shards lost as there are parity shards. */
    Race fetch(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        ShardBuffer _ = java.store();
        List<Optional<byte[]>> left = new ArrayList<>();
        List<byte[]> stored = product.encode(content);
        for (int i = 0; i < stored.size(); i++) {
            left.add(lost.contains(i) ? Optional.empty() : Optional.of(stored.get(i)));
        }
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, () -> java.fetch(present, lost), fetched -> fetched));
        works.add(Work.of(CES, () -> product.decode(left), fetched -> fetched));
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
        return product.decode(shards.stream().map(Optional::of).toList());
    }

    private static List<byte[]> shards(ShardBuffer stripe) {
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
