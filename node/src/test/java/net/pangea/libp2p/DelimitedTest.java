package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.ScriptedConnection;

class DelimitedTest {
    private static final int MAX = 1_000_000;

    @Property
    void messages_come_as_they_were_sent_in_whatever_pieces(
            @ForAll @Size(max = 20_000) byte[] first,
            @ForAll @Size(max = 200) byte[] second,
            @ForAll @IntRange(min = 1, max = 5_000) int piece)
            throws InterruptedException {
        ScriptedConnection out = ScriptedConnection.of(Bytes.EMPTY);
        Delimited.write(out, Bytes.wrap(first));
        Delimited.write(out, Bytes.wrap(second));
        ScriptedConnection in = new ScriptedConnection(out.written(), piece);

        assertThat(Delimited.next(in, MAX)).contains(Bytes.wrap(first));
        assertThat(Delimited.next(in, MAX)).contains(Bytes.wrap(second));
        assertThat(Delimited.next(in, MAX)).isEmpty();
    }

    @Example
    void a_message_that_is_too_long_is_refused_by_its_length_alone() throws InterruptedException {
        ScriptedConnection out = ScriptedConnection.of(Bytes.EMPTY);
        Delimited.write(out, Bytes.wrap(new byte[1_001]));
        ScriptedConnection in = ScriptedConnection.of(out.written());

        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> Delimited.next(in, 1_000));

        assertThat(in.readBytes()).isEqualTo(2);
    }

    @Example
    void a_stream_that_ends_inside_a_message_or_its_length_is_refused() {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Delimited.next(ScriptedConnection.of(Bytes.wrap(new byte[] {5, 1, 2})), MAX))
                .withMessageContaining("inside a message");
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Delimited.next(ScriptedConnection.of(Bytes.wrap(new byte[] {(byte) 0x80})), MAX))
                .withMessageContaining("inside the length");
    }

    @Property
    void any_bytes_are_a_message_or_refused(@ForAll @Size(max = 50) byte[] bytes) throws InterruptedException {
        try {
            Optional<Bytes> message = Delimited.next(ScriptedConnection.of(Bytes.wrap(bytes)), MAX);
            assertThat(message.map(Bytes::size).orElse(0)).isLessThan(Math.max(1, bytes.length));
        } catch (MalformedBytes e) {
            assertThat(bytes).isNotEmpty();
        }
    }
}
