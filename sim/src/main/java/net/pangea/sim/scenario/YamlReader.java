package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into {@link Yaml}, refusing what the language has no use for: anchors, tags, several
 * documents, keys that are not text, a key twice.
 *
 * <p>It works on the parser's events rather than on composed nodes, so that depth and size are bounded before anything
 * recurses.
 */
final class YamlReader {
    /** No sensible scenario nests deeper; the bound keeps the recursion here from running out of stack. */
    private static final int DEPTH_MAX = 32;

    private static final int CHARACTERS_MAX = 16 * 1024 * 1024;

    private final String file;
    private final String scenario;
    private final Iterator<Event> events;

    private YamlReader(String file, String scenario, Iterator<Event> events) {
        this.file = file;
        this.scenario = scenario;
        this.events = events;
    }

    /**
     * {@return the document in {@code text}}
     *
     * @param file its name
     * @param scenario that file, or the one that includes it
     */
    static Yaml read(String text, String file, String scenario) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(CHARACTERS_MAX)
                .build();
        requireText(text, file);
        try {
            return new YamlReader(
                            file,
                            scenario,
                            new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (MarkedYamlEngineException e) {
            throw YamlMistake.of(e, at -> mark(file, scenario, at), new Mark(file, 1, 1));
        } catch (YamlEngineException e) {
            throw new BadInput(
                    new Mark(file, 1, 1), "this is not YAML: " + YamlMistake.oneLine(String.valueOf(e.getMessage())));
        }
    }

    /** YAML has no place for control characters, and the parser none for where they are. */
    private static void requireText(String text, String file) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '\n') {
                line++;
                lineStart = i + 1;
            } else if (one != '\t' && one != '\r' && Character.isISOControl(one) && one != '\u0085') {
                throw new BadInput(
                        new Mark(file, line, i - lineStart + 1),
                        String.format(
                                Locale.ROOT, "the character U+%04X has no place in a text; leave it out", (int) one));
            }
        }
    }

    private Yaml document() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = events.next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            throw new BadInput(new Mark(file, 1, 1), "the file is empty; a scenario starts with 'pangea: 1'");
        }
        Yaml document = value(event, 0);
        while (events.hasNext()) {
            Event after = events.next();
            if (after.getEventId() == Event.ID.DocumentStart) {
                throw new BadInput(mark(after), "a second document starts here; a file holds one scenario");
            }
        }
        return document;
    }

    private Yaml value(Event event, int depth) {
        Mark mark = mark(event);
        if (depth > DEPTH_MAX) {
            throw new BadInput(mark, "nested more than " + DEPTH_MAX + " levels deep");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new BadInput(mark, "anchors and aliases (& and *) are not part of the language; write it out");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), mark);
                yield new Yaml.Scalar(scalar.getValue(), mark);
            }
            case CollectionStartEvent start -> {
                refuseTag(start.getTag(), mark);
                yield start.getEventId() == Event.ID.MappingStart ? mapping(mark, depth) : items(mark, depth);
            }
            default -> throw new IllegalStateException("the YAML parser gave " + event + " for a value");
        };
    }

    private void refuseTag(Optional<String> tag, Mark mark) {
        if (tag.isPresent()) {
            throw new BadInput(
                    mark,
                    "tags (" + tag.get().replaceFirst("^tag:yaml.org,2002:", "!!")
                            + ") are not part of the language; write the value alone");
        }
    }

    private Yaml items(Mark mark, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(value(event, depth + 1));
        }
        return new Yaml.Items(items, mark);
    }

    private Yaml mapping(Mark mark, int depth) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Yaml named = value(event, depth + 1);
            if (!(named instanceof Yaml.Scalar key)) {
                throw new BadInput(
                        mark(event), "a key is a word, and here is " + named.noun() + "; write 'key: value'");
            }
            Yaml.Entry earlier = entries.get(key.text());
            if (earlier != null) {
                throw new BadInput(
                        key.mark(),
                        "'" + key.text() + "' is here twice; it is already in line "
                                + earlier.key().mark().line());
            }
            entries.put(key.text(), new Yaml.Entry(key, value(events.next(), depth + 1)));
        }
        return new Yaml.Mapping(List.copyOf(entries.values()), mark);
    }

    private Mark mark(Event event) {
        return event.getStartMark().map(at -> mark(file, scenario, at)).orElse(new Mark(file, 1, 1, scenario));
    }

    private static Mark mark(String file, String scenario, org.snakeyaml.engine.v2.exceptions.Mark at) {
        return new Mark(file, at.getLine() + 1, at.getColumn() + 1, scenario);
    }
}
