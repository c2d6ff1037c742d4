package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.protocol.PeerMessage.SegmentRange;

class SegmentsTest {

    @Property(tries = 200)
    void ranges_contain_exactly_their_segments(@ForAll @Size(max = 60) Set<@IntRange(max = 99) Integer> segments) {
        BitSet bits = new BitSet();
        segments.forEach(bits::set);

        List<SegmentRange> ranges = Segments.ranges(bits);

        assertThat(Segments.bits(ranges)).isEqualTo(bits);
        for (int segment = 0; segment < 100; segment++) {
            assertThat(Segments.contain(ranges, segment)).isEqualTo(segments.contains(segment));
        }
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).first())
                    .isGreaterThan(ranges.get(i - 1).first() + ranges.get(i - 1).count());
        }
    }

    @Example
    void ranges_beyond_the_column_are_noticed_whatever_their_numbers() {
        assertThat(Segments.areWithin(List.of(new SegmentRange(0, 5)), 5)).isTrue();
        assertThat(Segments.areWithin(List.of(), 5)).isFalse();
        assertThat(Segments.areWithin(List.of(new SegmentRange(1, 5)), 5)).isFalse();
        assertThat(Segments.areWithin(List.of(new SegmentRange(-1, 2)), 5)).isFalse();
        assertThat(Segments.areWithin(List.of(new SegmentRange(0, 0)), 5)).isFalse();
        assertThat(Segments.areWithin(List.of(new SegmentRange(4, Integer.MAX_VALUE)), 5))
                .isFalse();
        assertThat(Segments.areWithin(List.of(new SegmentRange(Integer.MAX_VALUE, 1)), 5))
                .isFalse();
    }

    @Example
    void a_column_in_too_many_pieces_is_not_claimed() {
        BitSet everyOther = new BitSet();
        for (int i = 0; i <= Segments.RANGES_MAX; i++) {
            everyOther.set(2 * i);
        }

        assertThat(HeldObject.Part.of(everyOther, 1_000)).isEqualTo(HeldObject.Part.NOTHING);
    }

    @Example
    void entries_are_read_as_they_were_written() {
        TestObject object = TestObject.draw(1, TestObject.key(1), 1, 7, 100);
        IndexEntry index = new IndexEntry(List.of(new SegmentRange(0, 2), new SegmentRange(5, 1)), object.index(0));
        UploadEntry upload = new UploadEntry(object.owner().id(), 1, 2, 3, 4);
        ShardName shard = new ShardName(object.placementKey(), 255, 65_535);

        assertThat(IndexEntry.decode(index.encode())).isEqualTo(index);
        assertThat(UploadEntry.decode(upload.encode())).isEqualTo(upload);
        assertThat(FirstSeen.decode(new FirstSeen(7, 8).encode())).isEqualTo(new FirstSeen(7, 8));
        assertThat(ShardName.of(shard.key())).isEqualTo(shard);
        assertThat(Entries.leaseOfNote(Entries.expired(Entries.lease(object.id()))))
                .isEqualTo(Entries.lease(object.id()));
    }

    @Property(tries = 200)
    void whatever_the_bytes_decoding_fails_by_name(@ForAll @Size(max = 120) byte[] bytes) {
        try {
            IndexEntry entry = IndexEntry.decode(Bytes.copyOf(bytes));
            assertThat(entry.encode()).isEqualTo(Bytes.copyOf(bytes));
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        assertThatThrownBy(() -> UploadEntry.decode(Bytes.copyOf(bytes))).isInstanceOf(MalformedBytes.class);
    }
}
