package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.machine.Event;
import net.pangea.node.NodeEvent.ConnectionRejected;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.node.NodeEvent.NodeStopped;
import net.pangea.object.ObjectEvent;
import net.pangea.object.ObjectEvent.ObjectFetched;
import net.pangea.object.ObjectEvent.ObjectStored;
import net.pangea.object.ObjectEvent.ShardRejected;
import net.pangea.object.ObjectEvent.ShardStored;
import net.pangea.store.StoreRecovered;
import org.junit.jupiter.api.Test;

class EventLineTest {
    private static final List<Event> EVENTS = List.of(
            new NodeStarted("127.0.0.1:4001"),
            new NodeStopped("127.0.0.1:4001"),
            new ConnectionRejected("[::1]:5", "not a message: \"\\\n\u2028"),
            new StoreRecovered(1, 2, 3, 4),
            new ShardStored("ab", 1, 2, 3),
            new ShardRejected("ab", 1, 2, "node/3", "rot"),
            new ObjectStored("ab", 1, 2, 3, 4, "node/1,node/2", 5, 6),
            new ObjectFetched("ab", 1, 2, 3, 4, 5),
            new ObjectEvent.RangeFetched("ab", 1, 2, 3),
            new ObjectEvent.GetFromExactlyK("ab", 8),
            new ObjectEvent.GetHedged("ab", 3),
            new ObjectEvent.PutResumed("ab", 1, 2),
            new ObjectEvent.LeaseChanged("ab", "deleted", 2, 3, 4),
            new ObjectEvent.CataloguePublished("ab", 1, 2, 3),
            new ObjectEvent.CatalogueRestored(1, 2, 3),
            new ObjectEvent.UpkeepFailed("renew", "nobody there"));

    @Test
    void every_event_is_made_again_from_its_fields() {
        for (Event event : EVENTS) {
            assertThat(NodeEvents.decode(event.name(), event.version(), fields(event)))
                    .isEqualTo(event);
        }
    }

    @Test
    void every_kind_of_event_is_covered() {
        long kinds = kinds(ObjectEvent.class) + kinds(NodeEvent.class) + 1;

        assertThat(EVENTS.stream().map(Event::name).distinct().count())
                .isEqualTo(kinds)
                .isEqualTo(EVENTS.size());
    }

    private static long kinds(Class<?> sealedEvent) {
        return sealedEvent.getPermittedSubclasses().length;
    }

    @Test
    void a_missing_field_and_an_unknown_event_are_refused() {
        assertThatThrownBy(() -> NodeEvents.decode("shard-stored", 1, Map.of("object", "ab")))
                .hasMessage("event shard-stored has no number segment");
        assertThatThrownBy(() -> NodeEvents.decode("shard-eaten", 1, Map.of())).hasMessageContaining("shard-eaten");
    }

    @Test
    void fields_of_a_later_version_are_ignored() {
        Map<String, Object> fields = new LinkedHashMap<>(fields(EVENTS.getFirst()));
        fields.put("colour", "blue");

        assertThat(NodeEvents.decode("node-started", 2, fields)).isEqualTo(EVENTS.getFirst());
    }

    @Test
    void a_line_is_json_without_line_breaks() {
        assertThat(EventLine.format(new ShardStored("ab", 1, 2, 3)))
                .isEqualTo("{\"name\":\"shard-stored\",\"version\":1,"
                        + "\"fields\":{\"object\":\"ab\",\"segment\":1,\"index\":2,\"sizeBytes\":3}}");
        assertThat(EventLine.format(new NodeStarted("a\"\\\n\u2028é")))
                .isEqualTo("{\"name\":\"node-started\",\"version\":1,"
                        + "\"fields\":{\"endpoint\":\"a\\\"\\\\\\u000a\\u2028é\"}}");
    }

    private static Map<String, Object> fields(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        event.write(new Event.Fields() {
            @Override
            public void text(String field, String value) {
                fields.put(field, value);
            }

            @Override
            public void number(String field, long value) {
                fields.put(field, value);
            }

            @Override
            public void flag(String field, boolean value) {
                fields.put(field, value);
            }
        });
        return fields;
    }
}
