package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EarlyStreamsTest {
    private final EarlyStreams early = new EarlyStreams();

    @Test
    void ten_are_opened_at_once_and_the_others_when_the_other_side_is_ready() {
        assertThat(IntStream.range(0, EarlyStreams.MAX)).allMatch(_ -> early.admit());
        assertThat(early.admit()).isFalse();
        assertThat(early.admit()).isFalse();

        early.admitAll();

        assertThat(IntStream.range(0, 1_000)).allMatch(_ -> early.admit());
    }

    @Test
    @Timeout(30)
    void who_waits_goes_on_when_the_other_side_is_ready() throws InterruptedException {
        AtomicBoolean isReady = new AtomicBoolean();
        AtomicBoolean wasReady = new AtomicBoolean();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                early.await();
                wasReady.set(isReady.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        isReady.set(true);
        early.admitAll();
        waiting.join();

        assertThat(wasReady).isTrue();
    }
}
