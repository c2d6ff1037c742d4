package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.libp2p.yamux.StreamState.Input;
import net.pangea.libp2p.yamux.StreamState.Output;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;

class StreamStateTest {

    /** Everything that can happen to a stream. */
    enum Happening {
        INPUT_ENDS(StreamState::inputEnds),
        BREAKS(StreamState::breaks),
        OUTPUT_ENDS(StreamState::outputEnds),
        CLOSES(StreamState::closes),
        RESETS(StreamState::resets);

        @SuppressWarnings("ImmutableEnumChecker") // method references keep nothing
        private final UnaryOperator<StreamState> step;

        Happening(UnaryOperator<StreamState> step) {
            this.step = step;
        }
    }

    @Example
    void a_stream_is_over_once_both_sides_have_ended() {
        StreamState half = StreamState.OPEN.outputEnds();

        assertThat(StreamState.OPEN.isOver()).isFalse();
        assertThat(half.isOver()).isFalse();
        assertThat(StreamState.OPEN.inputEnds().isOver()).isFalse();
        assertThat(half.inputEnds().isOver()).isTrue();
    }

    @Example
    void a_reset_ends_both_directions_at_once_but_not_an_input_that_was_complete() {
        assertThat(StreamState.OPEN.breaks()).isEqualTo(new StreamState(Input.BROKEN, Output.BROKEN, false));
        assertThat(StreamState.OPEN.inputEnds().breaks()).isEqualTo(new StreamState(Input.ENDED, Output.BROKEN, false));
        assertThat(StreamState.OPEN.breaks().isOver()).isTrue();
    }

    @Example
    void who_closes_waits_for_the_other_sides_end_and_wants_no_data_until_then() {
        StreamState closed = StreamState.OPEN.closes();

        assertThat(closed.isUnwanted()).isTrue();
        assertThat(closed.isOver()).isFalse();
        assertThat(closed.inputEnds().isUnwanted()).isFalse();
        assertThat(closed.inputEnds().isOver()).isTrue();
    }

    @Example
    void data_after_the_end_breaks_the_protocol() {
        assertThatCode(() -> StreamState.OPEN.requireNotEnded(1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> StreamState.OPEN.inputEnds().requireNotEnded(1))
                .isInstanceOfSatisfying(
                        YamuxFailure.class,
                        failure -> assertThat(failure.end().reason()).isEqualTo(Reason.DATA_AFTER_END));
    }

    @Property
    void a_stream_never_gets_younger(@ForAll List<Happening> happenings) {
        StreamState state = StreamState.OPEN;
        for (Happening happening : happenings) {
            StreamState next = happening.step.apply(state);

            assertThat(state.isOver() && !next.isOver()).isFalse();
            assertThat(state.isLeft() && !next.isLeft()).isFalse();
            assertThat(state.input() != Input.OPEN && next.input() == Input.OPEN)
                    .isFalse();
            assertThat(state.output() != Output.OPEN && next.output() == Output.OPEN)
                    .isFalse();
            assertThat(happening.step.apply(next)).as("twice is once").isEqualTo(next);
            state = next;
        }
    }
}
