package net.pangea.sim.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.node.NodeEvent;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    /** A journal asks under its own lock, while another event waits for that lock inside the feed. */
    @Test
    void how_many_events_came_is_told_even_while_an_observer_is_held_up() throws InterruptedException {
        EventFeed feed = new EventFeed();
        List<Long> counts = new ArrayList<>();
        List<Boolean> answered = new ArrayList<>();
        feed.observe((_, _, _) -> {
            Thread asking = Thread.ofVirtual().start(() -> counts.add(feed.count()));
            try {
                answered.add(asking.join(Duration.ofSeconds(30)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        feed.emit("node/0", new NodeEvent.NodeJoined(3));

        assertThat(answered).containsExactly(true);
        assertThat(counts).containsExactly(1L);
    }
}
