package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicBoolean;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.ForwardingConnection;
import net.pangea.machine.IpAddress;
import net.pangea.protocol.Arrivals.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ArrivalsTest {
    private static final int LARGE = Limits.MAX_FRAME_BYTES;

    private final Arrivals arrivals = Arrivals.within(2L * LARGE);

    /** A connection from an address that ends in this number. */
    private static final class From extends ForwardingConnection {
        private final int number;
        private final AtomicBoolean reset = new AtomicBoolean();

        From(int number) {
            super(new RecordedConnection(Bytes.EMPTY, 1));
            this.number = number;
        }

        @Override
        public Endpoint remote() {
            return new Endpoint(IpAddress.of(192, 0, 2, number), 1);
        }

        @Override
        public void reset() {
            reset.set(true);
        }
    }

    private Arrival begun(Connection from, int bytes) throws InterruptedException {
        Arrival arrival = arrivals.begin(from);
        arrival.take(bytes);
        return arrival;
    }

    @Test
    void what_was_dealt_with_takes_nothing() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Arrival arrival = begun(new From(1), LARGE / 2)) {
                arrival.take(LARGE);
                assertThat(arrivals.bytes()).isEqualTo(LARGE);
            }
        }
        assertThat(arrivals.bytes()).isZero();
    }

    @Test
    void of_the_address_that_takes_most_the_first_is_given_up() throws InterruptedException {
        From few = new From(1);
        From first = new From(2);
        From second = new From(2);
        Arrival kept = begun(few, 2_000);
        Arrival old = begun(first, LARGE);
        Arrival young = begun(second, LARGE / 2);

        Thread more = Thread.ofVirtual().start(() -> {
            try {
                young.take(LARGE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!first.reset.get()) {
            Thread.onSpinWait();
        }
        assertThat(arrivals.bytes()).as("as long as it has not ended").isLessThanOrEqualTo(2L * LARGE);
        old.close();
        more.join();

        assertThat(few.reset).isFalse();
        assertThat(second.reset).isFalse();
        assertThatExceptionOfType(ProtocolFailure.class)
                .isThrownBy(old::requireKept)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ProtocolFailure.Kind.CROWDED_OUT));
        kept.requireKept();
        assertThat(arrivals.bytes()).isEqualTo(2_000L + LARGE);
    }

    @Test
    void what_is_whole_is_waited_for() throws InterruptedException {
        From first = new From(1);
        Arrival whole = begun(first, LARGE);
        whole.whole();
        Arrival other = begun(new From(2), LARGE);
        other.whole();
        Arrival late = arrivals.begin(new From(3));

        Thread more = Thread.ofVirtual().start(() -> {
            try {
                late.take(100_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (more.isAlive() && more.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        whole.close();
        more.join();

        assertThat(first.reset).isFalse();
        late.requireKept();
        assertThat(arrivals.bytes()).isEqualTo(LARGE + 100_000L);
    }
}
