package net.pangea.node;

import java.util.Locale;
import net.pangea.machine.Event;

/**
 * An event as one line of JSON: {@code {"name":"shard-stored","version":1,"fields":{...}}}. Whoever
 * watches from another process reads it without knowing the kinds of events.
 */
public final class EventLine {

    private EventLine() {}

    /** {@return one line, without its end} */
    public static String format(Event event) {
        StringBuilder line = new StringBuilder("{\"name\":");
        quote(line, event.name());
        line.append(",\"version\":").append(event.version()).append(",\"fields\":{");
        event.write(new JsonFields(line));
        return line.append("}}").toString();
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static final class JsonFields implements Event.Fields {
        private final StringBuilder line;
        private boolean first = true;

        JsonFields(StringBuilder line) {
            this.line = line;
        }

        @Override
        public void text(String field, String value) {
            key(field);
            quote(line, value);
        }

        @Override
        public void number(String field, long value) {
            key(field);
            line.append(value);
        }

        @Override
        public void flag(String field, boolean value) {
            key(field);
            line.append(value);
        }

        private void key(String field) {
            if (!first) {
                line.append(',');
            }
            first = false;
            quote(line, field);
            line.append(':');
        }
    }
}
