package net.pangea.sim.cluster.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pangea.machine.Event;

/** Reads events back from the lines of {@link net.pangea.node.EventLine}. */
final class EventReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventReader() {}

    /**
     * {@return the event that {@code line} spells, with the same name, version and fields as in the node}
     *
     * @throws IllegalArgumentException if it spells none
     */
    static Event read(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            String name = event.path("name").asText();
            int version = event.path("version").asInt();
            if (name.isEmpty() || version < 1 || !event.path("fields").isObject()) {
                throw new IllegalArgumentException("no event with a name, a version and fields");
            }
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            event.path("fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return new Read(name, version, fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** An event of another process: all that is known of its kind are its fields. */
    private record Read(String name, int version, Map<String, JsonNode> values) implements Event {
        @Override
        public void write(Fields fields) {
            values.forEach((field, value) -> {
                if (value.isBoolean()) {
                    fields.flag(field, value.booleanValue());
                } else if (value.isIntegralNumber()) {
                    fields.number(field, value.longValue());
                } else {
                    fields.text(field, value.asText());
                }
            });
        }
    }
}
