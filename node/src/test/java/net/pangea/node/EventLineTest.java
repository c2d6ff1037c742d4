package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.holding.HoldingEvent;
import net.pangea.holding.HoldingEvent.LeaseTaken;
import net.pangea.holding.HoldingEvent.ShardStored;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.object.ObjectEvent;
import net.pangea.repair.RepairEvent;
import net.pangea.store.StoreRecovered;
import org.junit.jupiter.api.Test;

class EventLineTest {

    @Test
    void a_line_is_json_without_line_breaks() {
        assertThat(EventLine.format(new ShardStored("ab", 1, 2, 3)))
                .isEqualTo("{\"name\":\"shard-stored\",\"version\":1,"
                        + "\"fields\":{\"object\":\"ab\",\"segment\":1,\"index\":2,\"sizeBytes\":3}}");
        assertThat(EventLine.format(new LeaseTaken("ab", 1, -2, true)))
                .isEqualTo("{\"name\":\"lease-taken\",\"version\":1,\"fields\":"
                        + "{\"object\":\"ab\",\"sequence\":1,\"expiresMillis\":-2,\"deletion\":true}}");
        assertThat(EventLine.format(new NodeStarted("a\"\\\n\u2028é", "p", "q r")))
                .isEqualTo(
                        "{\"name\":\"node-started\",\"version\":1,"
                                + "\"fields\":{\"endpoint\":\"a\\\"\\\\\\u000a\\u2028é\",\"peer\":\"p\",\"addresses\":\"q r\"}}");
    }

    @Test
    void no_two_kinds_of_event_have_the_same_name() throws ReflectiveOperationException {
        List<Class<?>> kinds = Stream.of(NodeEvent.class, HoldingEvent.class, ObjectEvent.class, RepairEvent.class)
                .<Class<?>>flatMap(events -> Stream.of(events.getPermittedSubclasses()))
                .toList();
        List<String> names = new ArrayList<>(List.of(StoreRecovered.NAME));
        for (Class<?> kind : kinds) {
            names.add((String) kind.getField("NAME").get(null));
        }
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30).allMatch(name -> name.matches("[a-z-]+"));
    }
}
