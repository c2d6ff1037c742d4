package net.pangea.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import net.pangea.ces.ReedSolomon;

/** Sealing, storing and fetching 1 MiB: the product, and the libraries in C. */
final class CodingRaces {
    static final String JAVA = "Java";
    static final String C = "C";
    static final String CES = "Ces";
    static final String C_OWN = "C, frames of its own";

    private final ReedSolomon code;
    private final Peers peers;
    private final Matrices matrices;
    private final SortedSet<Integer> lost;
    private final Product product;

    CodingRaces(ReedSolomon code, Product product, Peers peers) {
        this.code = code;
        this.peers = peers;
        this.product = product;
        matrices = new Matrices(code);
        lost = matrices.lost();
    }

    Race seal(byte[] plain) {
        List<Work> works = new ArrayList<>();
        byte[] target = new byte[plain.length + Product.TAG_BYTES];
        works.add(Work.of(JAVA, () -> Product.seal(plain, target), message -> message));
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
        byte[] sealed = Product.seal(plain, new byte[plain.length + Product.TAG_BYTES]);
        byte[] target = new byte[plain.length];
        List<Work> works = new ArrayList<>();
        works.add(Work.of(JAVA, () -> Product.open(sealed, target), opened -> opened));
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
        List<Work> works = new ArrayList<>();
        works.add(Work.of(CES, () -> product.encode(content), shards -> decoded(shards, content)));
        libraries().ifPresent(libraries -> {
            NativeCoding coding = libraries.coding(content, matrices);
            works.add(Work.of(C, coding::store, stripe -> decoded(shards(stripe), content)));
        });
        return new Race("store " + content.name(), content.bytes().length, works);
    }

    /**
     * Without hashing: shards to content, as many data shards lost as there are parity shards. The shards are the
     * product's, but for {@link #C_OWN}, which fetches what it has stored.
     */
    Race fetch(Content content) {
        List<Bytes> stored = product.encode(content);
        List<Optional<Bytes>> left = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            left.add(lost.contains(i) ? Optional.empty() : Optional.of(stored.get(i)));
        }
        List<Work> works = new ArrayList<>();
        works.add(Work.of(CES, () -> product.decode(left, content.bytes().length), fetched -> fetched));
        libraries().ifPresent(libraries -> {
            NativeCoding same = libraries.coding(content, matrices, stored);
            works.add(Work.of(C, same::fetch, fetched -> fetched.toArray(ValueLayout.JAVA_BYTE)));
            NativeCoding own = libraries.coding(content, matrices);
            MemorySegment _ = own.store();
            works.add(Work.of(C_OWN, own::fetch, fetched -> fetched.toArray(ValueLayout.JAVA_BYTE)));
        });
        return new Race("fetch " + content.name(), content.bytes().length, works);
    }

    private Optional<NativeCoding.Libraries> libraries() {
        return peers.zstd()
                .flatMap(zstd -> peers.sodium()
                        .flatMap(sodium -> peers.isal().map(isal -> new NativeCoding.Libraries(zstd, sodium, isal))));
    }

    private byte[] decoded(List<Bytes> shards, Content content) {
        return product.decode(shards.stream().map(Optional::of).toList(), content.bytes().length);
    }

    private List<Bytes> shards(MemorySegment stripe) {
        long shardSize = stripe.byteSize() / code.totalShards();
        return IntStream.range(0, code.totalShards())
                .mapToObj(
                        i -> Bytes.wrap(stripe.asSlice(i * shardSize, shardSize).toArray(ValueLayout.JAVA_BYTE)))
                .toList();
    }

    private static MemorySegment allocate(byte[] bytes) {
        return Arena.global().allocate(bytes.length, 64).copyFrom(MemorySegment.ofArray(bytes));
    }
}
