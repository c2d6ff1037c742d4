package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;

final class CesPropertyTest {

    @Property(tries = 500)
    void any_content_comes_back_after_any_loss_of_up_to_m_shards(
            @ForAll("contents") byte[] content,
            @ForAll Suite suite,
            @ForAll("redundancies") Stripe redundancy,
            @ForAll @Size(32) byte[] key,
            @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "loss");
        Ces ces = new Ces(redundancy, 512);
        List<byte[]> stripe =
                Shards.arrays(ces.encode(content, ContentType.of(content), suite, key, new SeededNonces(seed)));
        List<Optional<byte[]>> left = afterLoss(stripe, redundancy.parityShards(), random);

        assertThat(ces.decode(Shards.wrapped(left), suite, key, content.length)).isEqualTo(content);
    }

    @Property(tries = 1000)
    void altered_shards_give_a_named_failure_or_the_content_and_never_anything_else(
            @ForAll("contents") byte[] content,
            @ForAll Suite suite,
            @ForAll @IntRange(min = 1, max = 12) int k,
            @ForAll @IntRange(max = 6) int m,
            @ForAll @IntRange(min = 1, max = 5) int alterations,
            @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "alterations");
        Ces ces = new Ces(k, m, 512);
        byte[] key = new byte[Ces.KEY_BYTES];
        List<Optional<byte[]>> left = afterLoss(
                Shards.arrays(ces.encode(content, ContentType.of(content), suite, key, new SeededNonces(seed))),
                m,
                random);
        for (int i = 0; i < alterations; i++) {
            byte[] shard = left.get(random.nextInt(k + m)).orElseGet(() -> new byte[1]);
            shard[random.nextInt(shard.length)] = (byte) random.nextInt(256);
        }

        Outcome outcome = Outcome.of(() -> ces.decode(Shards.wrapped(left), suite, key, content.length));

        // The bytes altered may be those of the filling, or of a shard not used, or have been the same before.
        outcome.content().ifPresent(decoded -> assertThat(decoded).isEqualTo(content));
        outcome.kind().ifPresent(kind -> assertThat(kind).isIn(Kind.NOT_AUTHENTIC, Kind.TRUNCATED));
    }

    @Property(tries = 3000)
    void mutated_frames_give_named_failures_or_content_within_the_limit(
            @ForAll("contents") byte[] content,
            @ForAll ContentType type,
            @ForAll @IntRange(min = 1, max = 8) int mutations,
            @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "mutations");
        byte[] frame = Shards.padded(Compression.compress(content, type));
        for (int i = 0; i < mutations; i++) {
            // Half of them in the first bytes, where headers are.
            int range = random.nextInt(2) == 0 ? Math.min(frame.length, 24) : frame.length;
            frame[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        }
        int limitBytes = content.length + random.nextInt(100);

        Outcome outcome = Outcome.of(() -> Compression.decompress(ByteBuffer.wrap(frame), limitBytes));

        outcome.content().ifPresent(decoded -> assertThat(decoded).hasSizeLessThanOrEqualTo(limitBytes));
        outcome.kind().ifPresent(kind -> assertThat(kind).isIn(Kind.BAD_FRAME, Kind.TOO_LARGE));
    }

    @Property(tries = 1000)
    void any_shards_at_all_give_a_named_failure(
            @ForAll @Size(max = 5) List<@Size(max = 80) byte[]> shards, @ForAll @IntRange(min = 1, max = 4) int k) {
        Ces ces = new Ces(k, 1, 512);
        List<Optional<byte[]>> places = shards.stream().map(Optional::of).toList();

        assertThat(Outcome.of(() -> ces.decode(
                                Shards.wrapped(places), Suite.XCHACHA20_POLY1305, new byte[Ces.KEY_BYTES], 100))
                        .kind())
                .isPresent();
    }

    /** Random bytes, runs of few different bytes, and the starts of files of each type before either. */
    @Provide
    static Arbitrary<byte[]> contents() {
        Arbitrary<byte[]> heads = Arbitraries.of(
                new byte[] {},
                new byte[] {'P', 'K', 3, 4},
                new byte[] {0x1f, (byte) 0x8b, 8, 0},
                new byte[] {(byte) 0x89, 'P', 'N', 'G'},
                new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0},
                new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'},
                new byte[] {'f', 'L', 'a', 'C'},
                new byte[] {0x7f, 'E', 'L', 'F'},
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
        return Combinators.combine(
                        heads,
                        Arbitraries.integers().between(0, 6000),
                        Arbitraries.integers().between(1, 256),
                        Arbitraries.longs())
                .as((head, size, alphabet, seed) -> {
                    RandomStream random = RandomStream.of(seed, "content");
                    byte[] content = new byte[head.length + size];
                    System.arraycopy(head, 0, content, 0, head.length);
                    for (int i = head.length; i < content.length; i++) {
                        content[i] = (byte) ('a' + random.nextInt(alphabet));
                    }
                    return content;
                });
    }

    /** Small ones, and any that there can be. */
    @Provide
    static Arbitrary<Stripe> redundancies() {
        Arbitrary<Stripe> small = Combinators.combine(
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 15))
                .as(Stripe::new);
        Arbitrary<Stripe> any = Arbitraries.integers()
                .between(1, 256)
                .flatMap(k -> Arbitraries.integers().between(0, 256 - k).map(m -> new Stripe(k, m)));
        return Arbitraries.oneOf(small, small, small, any);
    }

    private static List<Optional<byte[]>> afterLoss(List<byte[]> stripe, int lossesMax, RandomStream random) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, stripe.size()).boxed().toList());
        random.shuffle(places);
        List<Optional<byte[]>> left =
                new ArrayList<>(stripe.stream().map(Optional::of).toList());
        places.subList(0, random.nextInt(lossesMax + 1)).forEach(place -> left.set(place, Optional.empty()));
        return left;
    }
}
