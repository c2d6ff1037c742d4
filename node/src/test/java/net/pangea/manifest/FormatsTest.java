package net.pangea.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/** What holds for every format: one encoding of a value, and one named failure for everything else. */
class FormatsTest {

    /**
     * A format.
     *
     * @param versioned whether it begins with a magic number and a version, in four bytes
     * @param genuine whether a value is signed by whom it names, if it is signed at all
     */
    record Format<T>(
            Class<T> type,
            T example,
            Function<T, Bytes> encode,
            Function<Bytes, T> decode,
            boolean versioned,
            Optional<Function<T, Boolean>> genuine) {

        Bytes bytes() {
            return encode.apply(example);
        }

        Bytes encodeAny(Object value) {
            return encode.apply(type.cast(value));
        }

        boolean isGenuine(Object value) {
            return genuine.orElseThrow().apply(type.cast(value));
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static final Map<String, Format<?>> FORMATS = formats();

    private static Map<String, Format<?>> formats() {
        Map<String, Format<?>> formats = new LinkedHashMap<>();
        Stream.of(
                        new Format<>(
                                Manifest.class,
                                Examples.MANIFEST,
                                Manifest::encode,
                                Manifest::decode,
                                true,
                                Optional.empty()),
                        new Format<>(
                                Lease.class,
                                Examples.LEASE,
                                Lease::encode,
                                Lease::decode,
                                true,
                                Optional.of(Lease::isGenuine)),
                        new Format<>(
                                UploadTicket.class,
                                Examples.TICKET,
                                UploadTicket::encode,
                                UploadTicket::decode,
                                true,
                                Optional.of(UploadTicket::isGenuine)),
                        new Format<>(
                                CataloguePointer.class,
                                Examples.POINTER,
                                CataloguePointer::encode,
                                CataloguePointer::decode,
                                true,
                                Optional.of(CataloguePointer::isGenuine)),
                        new Format<>(
                                CatalogueEntry.class,
                                Examples.ENTRY,
                                CatalogueEntry::encode,
                                CatalogueEntry::decode,
                                false,
                                Optional.empty()),
                        new Format<>(
                                Catalogue.class,
                                new Catalogue(List.of(Examples.ENTRY, Examples.ENTRY.pinned(true))),
                                Catalogue::encode,
                                Catalogue::decode,
                                true,
                                Optional.empty()))
                .forEach(format -> formats.put(format.toString(), format));
        return formats;
    }

    @Provide
    Arbitrary<Format<?>> all() {
        return Arbitraries.of(FORMATS.values());
    }

    @Provide
    Arbitrary<Format<?>> signed() {
        return Arbitraries.of(FORMATS.values().stream()
                .filter(format -> format.genuine.isPresent())
                .toList());
    }

    @Property(tries = 6)
    void what_was_encoded_decodes_to_itself(@ForAll("all") Format<?> format) {
        assertThat(format.decode.apply(format.bytes())).isEqualTo(format.example);
    }

    @Property
    void a_part_of_the_bytes_is_refused(@ForAll("all") Format<?> format, @ForAll int where) {
        byte[] bytes = format.bytes().toArray();

        assertMalformed(format, Bytes.wrap(Arrays.copyOf(bytes, Math.floorMod(where, bytes.length))));
    }

    @Property(tries = 100)
    void bytes_after_the_end_are_refused(
            @ForAll("all") Format<?> format, @ForAll @Size(min = 1, max = 40) byte[] more) {
        byte[] bytes = format.bytes().toArray();
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);

        assertMalformed(format, Bytes.wrap(longer));
    }

    @Property
    void another_magic_or_version_is_refused(
            @ForAll("all") Format<?> format,
            @ForAll @IntRange(max = 3) int where,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        if (format.versioned) {
            byte[] bytes = format.bytes().toArray();
            bytes[where] ^= (byte) change;

            assertMalformed(format, Bytes.wrap(bytes));
        }
    }

    @Property(tries = 3_000)
    void changed_bytes_are_another_value_with_these_very_bytes_or_refused(
            @ForAll("all") Format<?> format, @ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = format.bytes().toArray();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;
        try {
            Object value = format.decode.apply(Bytes.wrap(bytes));
            assertThat(value).isNotEqualTo(format.example);
            assertThat(format.encodeAny(value)).isEqualTo(Bytes.wrap(bytes));
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 300)
    void a_changed_bit_of_what_is_signed_is_refused_or_not_genuine(
            @ForAll("signed") Format<?> format, @ForAll int where) {
        byte[] bytes = format.bytes().toArray();
        assertThat(format.isGenuine(format.example)).isTrue();
        int bit = Math.floorMod(where, 8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        try {
            assertThat(format.isGenuine(format.decode.apply(Bytes.wrap(bytes)))).isFalse();
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** Whoever reads one of another kind must not take it for his: a signature is for one kind only. */
    @Example
    void one_kind_is_never_taken_for_another() {
        for (Format<?> format : FORMATS.values()) {
            for (Format<?> other : FORMATS.values()) {
                if (!format.equals(other)) {
                    assertMalformed(format, other.bytes());
                }
            }
        }
    }

    /** What is out there can be read for ever, and has the same name for ever. */
    @Example
    void the_bytes_of_the_examples_never_change() {
        Map<String, String> hashes = new LinkedHashMap<>();
        FORMATS.forEach((name, format) ->
                hashes.put(name, Sha256.of(format.bytes()).hex().substring(0, 16)));

        assertThat(hashes).containsExactlyEntriesOf(Examples.HASHES);
    }

    private static void assertMalformed(Format<?> format, Bytes bytes) {
        assertThatExceptionOfType(MalformedBytes.class)
                .as(format.toString())
                .isThrownBy(() -> format.decode.apply(bytes));
    }
}
