package net.pangea.bench;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;

/** Coding 1 MiB of noise: all parity shards, or as many lost data shards. */
final class ReedSolomonRaces {
    static final String VECTORS = "vectors, one array";
    static final String VECTORS_APART = "vectors, an array a shard";
    static final String TABLES = "tables";
    static final String ISAL = "ISA-L";

    private static final int OBJECT_BYTES = 1 << 20;

    private final ReedSolomon code;
    private final ReedSolomon tables;
    private final Matrices matrices;
    private final Optional<NativeIsal> isal;
    private final SortedSet<Integer> data;
    private final SortedSet<Integer> parity;

    ReedSolomonRaces(ReedSolomon code, Optional<NativeIsal> isal) {
        this.code = code;
        this.isal = isal;
        tables = new ReedSolomon(code.dataShards(), code.parityShards());
        matrices = new Matrices(code);
        SortedSet<Integer> all = new TreeSet<>(matrices.lost());
        all.addAll(matrices.present());
        data = all.headSet(code.dataShards());
        parity = all.tailSet(code.dataShards());
    }

    Race encode() {
        return race("Reed-Solomon encode", matrices.parity(), data, parity);
    }

    Race reconstruct() {
        return race(
                "Reed-Solomon reconstruct, 4 data shards", matrices.rebuilding(), matrices.present(), matrices.lost());
    }

    private Race race(String title, byte[][] matrix, SortedSet<Integer> from, SortedSet<Integer> to) {
        List<Work> works = new ArrayList<>();
        if (code.hasVectors()) {
            works.add(inOneArray(VECTORS, code, from, to));
            works.add(apart(from, to));
        }
        works.add(inOneArray(TABLES, tables, from, to));
        isal.ifPresent(library -> works.add(library(library, matrix, from, to)));
        return new Race(title, OBJECT_BYTES, works);
    }

    private static Work inOneArray(String name, ReedSolomon code, SortedSet<Integer> from, SortedSet<Integer> to) {
        ShardBuffer stripe = stripe(from);
        boolean encodes = to.last() == code.totalShards() - 1;
        return Work.of(
                name,
                () -> {
                    if (encodes) {
                        code.encode(stripe);
                    } else {
                        code.reconstruct(stripe, from, to);
                    }
                    return stripe;
                },
                coded -> joined(to.stream().map(coded::shard).toList()));
    }

    private Work apart(SortedSet<Integer> from, SortedSet<Integer> to) {
        ShardBuffer stripe = stripe(from);
        boolean encodes = to.last() == code.totalShards() - 1;
        List<byte[]> inputs = from.stream().map(stripe::shard).toList();
        List<Optional<byte[]>> places = new ArrayList<>();
        for (int i = 0; i < code.totalShards(); i++) {
            places.add(from.contains(i) ? Optional.of(stripe.shard(i)) : Optional.empty());
        }
        List<Integer> wanted = List.copyOf(to);
        return Work.of(
                VECTORS_APART,
                () -> encodes
                        ? code.encode(inputs).subList(code.dataShards(), code.totalShards())
                        : code.reconstruct(places, wanted),
                ReedSolomonRaces::joined);
    }

    private static Work library(NativeIsal isal, byte[][] matrix, SortedSet<Integer> from, SortedSet<Integer> to) {
        ShardBuffer stripe = stripe(from);
        List<MemorySegment> inputs = from.stream()
                .map(i -> allocate(stripe.shardSize()).copyFrom(MemorySegment.ofArray(stripe.shard(i))))
                .toList();
        List<MemorySegment> outputs =
                to.stream().map(_ -> allocate(stripe.shardSize())).toList();
        NativeIsal.Product product = isal.product(matrix, inputs, outputs);
        return Work.of(
                ISAL,
                () -> {
                    product.run();
                    return outputs;
                },
                coded -> joined(coded.stream()
                        .map(shard -> shard.toArray(ValueLayout.JAVA_BYTE))
                        .toList()));
    }

    private static MemorySegment allocate(long bytes) {
        return Arena.global().allocate(bytes, 64);
    }

    /** {@return a coded stripe with zeros for all shards but those of {@code kept}} */
    private static ShardBuffer stripe(SortedSet<Integer> kept) {
        ReedSolomon code = new ReedSolomon(CesComparison.DATA_SHARDS, CesComparison.PARITY_SHARDS);
        int shardSize = OBJECT_BYTES / code.dataShards();
        ShardBuffer stripe = ShardBuffer.padded(code.totalShards(), shardSize);
        byte[] noise = Corpus.noise(OBJECT_BYTES);
        for (int i = 0; i < code.dataShards(); i++) {
            System.arraycopy(noise, i * shardSize, stripe.bytes(), stripe.at(i), shardSize);
        }
        code.encode(stripe);
        for (int i = 0; i < code.totalShards(); i++) {
            if (!kept.contains(i)) {
                Arrays.fill(stripe.bytes(), stripe.at(i), stripe.at(i) + shardSize, (byte) 0);
            }
        }
        return stripe;
    }

    private static byte[] joined(List<byte[]> shards) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        shards.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
