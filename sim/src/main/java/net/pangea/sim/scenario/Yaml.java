package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A piece of a YAML document with its place: text, a list or a mapping. Scalars are text; types read them. */
public sealed interface Yaml {

    /** The place of what a program wrote, not a user. */
    Mark WRITTEN = new Mark("default", 1, 1);

    Mark mark();

    /** {@return what it is, for messages} */
    String noun();

    /** One word or sentence. */
    record Scalar(String text, Mark mark) implements Yaml {
        @Override
        public String noun() {
            return text.isEmpty() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Items(List<Yaml> items, Mark mark) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }

        private Items and(Items more) {
            List<Yaml> all = new ArrayList<>(items);
            Set<String> words = new HashSet<>(); // looked up, never iterated
            items.forEach(item -> word(item).ifPresent(words::add));
            more.items.stream()
                    .filter(item -> word(item).filter(words::contains).isEmpty())
                    .forEach(all::add);
            return new Items(all, mark);
        }

        private static Optional<String> word(Yaml item) {
            return item instanceof Scalar(String text, Mark _) ? Optional.of(text) : Optional.empty();
        }
    }

    /** A mapping, in the order of the file, every key once. */
    record Mapping(List<Entry> entries, Mark mark) implements Yaml {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String noun() {
            return "a mapping";
        }

        /** {@return the entry with this key} */
        Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }

        /** {@return this mapping but for one key} */
        Mapping without(String key) {
            return new Mapping(
                    entries.stream()
                            .filter(entry -> !entry.key().text().equals(key))
                            .toList(),
                    mark);
        }

        /**
         * {@return this mapping and what another has besides} Mappings under one key are joined in the same way, and lists one
         * after the other, but for words that this one's has too. Of anything else this one's counts.
         */
        Mapping over(Mapping under) {
            Map<String, Entry> joined = new LinkedHashMap<>();
            entries.forEach(entry -> joined.put(entry.key().text(), entry));
            for (Entry theirs : under.entries) {
                joined.merge(
                        theirs.key().text(),
                        theirs,
                        (own, _) -> new Entry(own.key(), join(own.value(), theirs.value())));
            }
            return new Mapping(List.copyOf(joined.values()), mark);
        }

        private static Yaml join(Yaml over, Yaml under) {
            if (over instanceof Mapping one && under instanceof Mapping other) {
                return one.over(other);
            }
            return over instanceof Items one && under instanceof Items other ? one.and(other) : over;
        }

        /** {@return this mapping and then the entries of {@code more}} */
        Mapping and(Mapping more) {
            List<Entry> all = new ArrayList<>(entries);
            all.addAll(more.entries);
            return new Mapping(all, mark);
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, Yaml value) {}

    /** {@return text that a program writes} */
    static Scalar text(String text) {
        return new Scalar(text, WRITTEN);
    }

    /** {@return an entry that a program writes} */
    static Entry entry(String key, Yaml value) {
        return new Entry(text(key), value);
    }
}
