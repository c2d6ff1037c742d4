package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.pangea.libp2p.yamux.TwoSides.End;
import net.pangea.libp2p.yamux.TwoSides.Side;
import org.jspecify.annotations.Nullable;

/**
 * Whatever two sides do with their streams, in whatever order it arrives: bytes come once and in order, an end is read only after
 * all of them, nobody breaks the protocol (a failure would leave {@code receive}), what is unread has its bound, and at the end
 * nothing is left.
 */
class MultiplexerPropertyTest {

    /** What a side does next. */
    enum What {
        OPEN,
        ACCEPT,
        WRITE,
        READ,
        CLOSE_OUTPUT,
        CLOSE,
        RESET,
        DELIVER,
        BEAT
    }

    /**
     * A step.
     *
     * @param pick which of the streams
     * @param size how many bytes
     */
    record Step(boolean byDialler, What what, int pick, int size) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(4, What.OPEN),
                Tuple.of(4, What.ACCEPT),
                Tuple.of(12, What.WRITE),
                Tuple.of(12, What.READ),
                Tuple.of(2, What.CLOSE_OUTPUT),
                Tuple.of(1, What.CLOSE),
                Tuple.of(1, What.RESET),
                Tuple.of(14, What.DELIVER),
                Tuple.of(1, What.BEAT));
        Arbitrary<Integer> size = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 30)),
                Tuple.of(2, Arbitraries.integers().between(1, 5_000)),
                Tuple.of(2, Arbitraries.integers().between(1, 300_000)));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        what,
                        Arbitraries.integers().between(0, 15),
                        size)
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    @Property(tries = 300)
    void bytes_arrive_once_and_in_order_and_nothing_is_left(@ForAll("steps") List<Step> steps) {
        TwoSides sides = new TwoSides();

        for (Step step : steps) {
            take(step, sides);
            assertBounds(sides);
        }

        finish(sides);
        assertNothingIsLeft(sides.dialler);
        assertNothingIsLeft(sides.listener);
    }

    private static void take(Step step, TwoSides sides) {
        Side side = sides.side(step.byDialler());
        @Nullable End end = side.pick(step.pick());
        switch (step.what()) {
            case OPEN -> side.open();
            case ACCEPT -> side.accept();
            case DELIVER -> sides.deliver(side, step.size());
            case BEAT -> {
                sides.deliver(sides.side(!step.byDialler()), Integer.MAX_VALUE); // else silence would end it
                side.multiplexer.receive(ByteBuffer.allocate(0));
                side.multiplexer.beat();
            }
            default -> {
                if (end != null) {
                    use(end, step);
                }
            }
        }
    }

    private static void use(End end, Step step) {
        switch (step.what()) {
            case WRITE -> end.write(step.size());
            case READ -> end.read(step.size());
            case CLOSE_OUTPUT -> end.closeOutput();
            case CLOSE -> end.close();
            case RESET -> end.reset();
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private static void assertBounds(TwoSides sides) {
        for (Side side : List.of(sides.dialler, sides.listener)) {
            assertThat(side.multiplexer.unreadBytes())
                    .isBetween(side.unreadBytes(), 1 << 20); // more: of streams not accepted yet
            assertThat(side.multiplexer.openStreams()).isLessThanOrEqualTo(8 + 12);
            assertThat(side.multiplexer.end()).isNull();
        }
        sides.dialler.ends.forEach((number, end) -> assertAgree(end, sides.listener.ends.get(number)));
        sides.listener.ends.forEach((number, end) -> assertAgree(end, sides.dialler.ends.get(number)));
    }

    private static void assertAgree(End reader, @Nullable End writer) {
        if (writer != null) {
            assertThat(reader.read).isLessThanOrEqualTo(writer.written);
            if (reader.hasReadEnd) {
                assertThat(reader.read).isEqualTo(writer.written);
                assertThat(writer.hasEndedOutput).isTrue();
            }
        }
    }

    /** Everybody finishes what was begun, reads what comes, and closes. */
    private static void finish(TwoSides sides) {
        long before = -1;
        while (before < sides.progress()) {
            before = sides.progress();
            for (Side side : List.of(sides.dialler, sides.listener)) {
                finish(side);
                sides.deliver(side, Integer.MAX_VALUE);
            }
            assertBounds(sides);
        }
        assertThat(sides.isQuiet()).isTrue();
        for (Side side : List.of(sides.dialler, sides.listener)) {
            side.ends.values().forEach(end -> {
                boolean isLeft = end.stream.state().isLeft();
                assertThat(isLeft || end.hasReadEnd || end.isBroken).isTrue();
                end.close();
            });
        }
        for (int round = 0; round < 3; round++) {
            sides.deliver(sides.dialler, Integer.MAX_VALUE);
            sides.deliver(sides.listener, Integer.MAX_VALUE);
        }
    }

    private static void finish(Side side) {
        side.accept();
        for (End end : side.ends.values()) {
            if (end.isWriting()) {
                end.write(1);
            } else {
                end.closeOutput();
            }
            end.read(100_000);
        }
    }

    private static void assertNothingIsLeft(Side side) {
        assertThat(side.multiplexer.openStreams()).as(side::toString).isZero();
        assertThat(side.multiplexer.unreadBytes()).isZero();
        assertThat(side.multiplexer.extraWindow(Integer.MAX_VALUE)).isEqualTo(ReceiveWindow.SIZE_MAX_BYTES);
    }
}
