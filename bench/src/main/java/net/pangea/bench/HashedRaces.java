package net.pangea.bench;

import java.util.List;
import java.util.SortedSet;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;

/** Storing and fetching with hashing, whole and in parts, to see what is lost between the parts. */
final class HashedRaces {
    static final String WHOLE = "whole";
    static final List<String> STORE_PARTS = List.of("SHA-256", "zstd", "seal", "encode", "Merkle, 12 shards");
    static final List<String> FETCH_PARTS = List.of("Merkle, 8 shards", "rebuild", "open", "unzstd", "SHA-256");

    private final ReedSolomon code;
    private final Hashing hashing = new Hashing();

    HashedRaces(ReedSolomon code) {
        this.code = code;
    }

    Race store(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        byte[] frame = java.compress();
        byte[] sealed = java.seal(frame);
        ShardBuffer stripe = java.encode(sealed);
        Work whole = Work.part(WHOLE, () -> {
            byte[] hash = hashing.content(content.bytes());
            return List.of(hash, hashing.roots(java.store(), 0, code.totalShards()));
        });
        return new Race(
                "store and hash " + content.name(),
                content.bytes().length,
                List.of(
                        whole,
                        Work.part(STORE_PARTS.get(0), () -> hashing.content(content.bytes())),
                        Work.part(STORE_PARTS.get(1), java::compress),
                        Work.part(STORE_PARTS.get(2), () -> java.seal(frame)),
                        Work.part(STORE_PARTS.get(3), () -> java.encode(sealed)),
                        Work.part(STORE_PARTS.get(4), () -> hashing.roots(stripe, 0, code.totalShards()))));
    }

    /** The blocks of all shards that are used are verified, and the content at the end. */
    Race fetch(Content content) {
        JavaCoding java = new JavaCoding(content, code);
        Matrices matrices = new Matrices(code);
        SortedSet<Integer> present = matrices.present();
        SortedSet<Integer> lost = matrices.lost();
        ShardBuffer stripe = java.store();
        byte[] sealed = java.rebuild(present, lost);
        byte[] frame = java.open(sealed);
        int first = present.first();
        int end = present.last() + 1;
        Work whole = Work.part(WHOLE, () -> {
            List<byte[]> roots = hashing.roots(stripe, first, end);
            return List.of(roots, hashing.content(java.fetch(present, lost)));
        });
        return new Race(
                "fetch and hash " + content.name(),
                content.bytes().length,
                List.of(
                        whole,
                        Work.part(FETCH_PARTS.get(0), () -> hashing.roots(stripe, first, end)),
                        Work.part(FETCH_PARTS.get(1), () -> java.rebuild(present, lost)),
                        Work.part(FETCH_PARTS.get(2), () -> java.open(sealed)),
                        Work.part(FETCH_PARTS.get(3), () -> java.decompress(frame)),
                        Work.part(FETCH_PARTS.get(4), () -> hashing.content(content.bytes()))));
    }
}
