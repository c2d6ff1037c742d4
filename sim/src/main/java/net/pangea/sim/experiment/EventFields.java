package net.pangea.sim.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import net.pangea.machine.Event;

/** The fields of an event, by name. */
public final class EventFields implements Event.Fields {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    private EventFields() {}

    /** {@return the fields of {@code event}} */
    public static EventFields of(Event event) {
        EventFields fields = new EventFields();
        event.write(fields);
        return fields;
    }

    /** {@return the text of a field, empty if there is none} */
    public String text(String field) {
        return texts.getOrDefault(field, "");
    }

    /** {@return the number of a field, -1 if there is none} */
    public long number(String field) {
        return numbers.getOrDefault(field, -1L);
    }

    @Override
    public void text(String field, String value) {
        texts.put(field, value);
    }

    @Override
    public void number(String field, long value) {
        numbers.put(field, value);
    }

    @Override
    public void flag(String field, boolean value) {
        texts.put(field, String.valueOf(value));
    }
}
