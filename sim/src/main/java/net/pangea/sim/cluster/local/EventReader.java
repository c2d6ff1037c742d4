package net.pangea.sim.cluster.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pangea.machine.Event;
import net.pangea.node.NodeEvents;

/** Reads events back from the lines of {@link net.pangea.node.EventLine}. */
final class EventReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventReader() {}

    /**
     * {@return the event that {@code line} spells}
     *
     * @throws IllegalArgumentException if it spells none
     */
    static Event read(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            Map<String, Object> fields = new LinkedHashMap<>();
            event.path("fields").properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            return NodeEvents.decode(
                    event.path("name").asText(), event.path("version").asInt(), fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Object value(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isIntegralNumber() ? (Object) value.longValue() : value.asText();
    }
}
