package net.pangea.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.ReedSolomon;

/** Storing and fetching with hashing, as the product does it and in parts, to see what is lost between the parts. */
final class HashedRaces {
    static final String WHOLE = "whole";
    static final List<String> STORE_PARTS = List.of("SHA-256", "zstd", "seal", "encode", "Merkle, 12 shards");
    static final List<String> FETCH_PARTS = List.of("Merkle, 8 shards", "rebuild", "open", "unzstd", "SHA-256");

    private final ReedSolomon code;
    private final Product product;

    HashedRaces(ReedSolomon code, Product product) {
        this.code = code;
        this.product = product;
    }

    Race store(Content content) {
        Parts parts = new Parts(content, product.encode(content), code);
        Work whole = Work.part(
                WHOLE, () -> List.of(Sha256.of(Bytes.wrap(content.bytes())), Parts.leaves(product.encode(content))));
        return new Race(
                "store and hash " + content.name(),
                content.bytes().length,
                List.of(
                        whole,
                        Work.part(STORE_PARTS.get(0), parts::hash),
                        Work.part(STORE_PARTS.get(1), parts::compress),
                        Work.part(STORE_PARTS.get(2), parts::seal),
                        Work.part(STORE_PARTS.get(3), parts::encode),
                        Work.part(STORE_PARTS.get(4), () -> parts.leaves(0, code.totalShards()))));
    }

    /** The blocks of all shards that are used are verified, and the content at the end. */
    Race fetch(Content content) {
        Matrices matrices = new Matrices(code);
        SortedSet<Integer> present = matrices.present();
        SortedSet<Integer> lost = matrices.lost();
        List<Bytes> stored = product.encode(content);
        Parts parts = new Parts(content, stored, code);
        int first = present.first();
        int end = present.last() + 1;
        List<Bytes> used = stored.subList(first, end);
        List<Optional<Bytes>> left = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            left.add(present.contains(i) ? Optional.of(stored.get(i)) : Optional.empty());
        }
        Work whole = Work.part(
                WHOLE,
                () -> List.of(Parts.leaves(used), Sha256.of(Bytes.wrap(product.decode(left, content.bytes().length)))));
        return new Race(
                "fetch and hash " + content.name(),
                content.bytes().length,
                List.of(
                        whole,
                        Work.part(FETCH_PARTS.get(0), () -> parts.leaves(first, end)),
                        Work.part(FETCH_PARTS.get(1), () -> parts.rebuild(present, lost)),
                        Work.part(FETCH_PARTS.get(2), parts::open),
                        Work.part(FETCH_PARTS.get(3), parts::decompress),
                        Work.part(FETCH_PARTS.get(4), parts::hash)));
    }
}
