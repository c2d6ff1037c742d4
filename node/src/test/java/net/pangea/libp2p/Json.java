package net.pangea.libp2p;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value of JSON (RFC 8259): what js-libp2p peers are told and what they answer. */
sealed interface Json {

    record Text(String value) implements Json {}

    record Numeral(BigDecimal value) implements Json {}

    enum Word implements Json {
        TRUE,
        FALSE,
        NULL
    }

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** An object; its names are in order. */
    record Fields(Map<String, Json> values) implements Json {

        static Fields none() {
            return new Fields(Map.of());
        }

        Fields with(String name, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Fields(more);
        }

        Fields with(String name, String value) {
            return with(name, new Text(value));
        }

        Fields with(String name, long value) {
            return with(name, new Numeral(BigDecimal.valueOf(value)));
        }

        Fields with(String name, boolean value) {
            return with(name, value ? Word.TRUE : Word.FALSE);
        }

        Fields with(String name, List<String> texts) {
            return with(
                    name,
                    new Items(new ArrayList<Json>(texts.stream().map(Text::new).toList())));
        }

        boolean has(String name) {
            return values.containsKey(name);
        }
    }

    static Json parse(String text) {
        return new JsonReader(text).read();
    }

    /** {@return the member {@code name} of an object} */
    default Json get(String name) {
        if (this instanceof Fields(Map<String, Json> values)) {
            Optional<Json> value = Optional.ofNullable(values.get(name));
            if (value.isPresent()) {
                return value.get();
            }
        }
        throw new IllegalArgumentException("no " + name + " in " + write());
    }

    default String text() {
        return switch (this) {
            case Text(String value) -> value;
            default -> throw new IllegalArgumentException("no text: " + write());
        };
    }

    default Optional<String> textOrNull() {
        return this == Word.NULL ? Optional.empty() : Optional.of(text());
    }

    default BigDecimal number() {
        return switch (this) {
            case Numeral(BigDecimal value) -> value;
            default -> throw new IllegalArgumentException("no number: " + write());
        };
    }

    default boolean flag() {
        return switch (this) {
            case Word word when word != Word.NULL -> word == Word.TRUE;
            default -> throw new IllegalArgumentException("neither true nor false: " + write());
        };
    }

    default List<Json> items() {
        return switch (this) {
            case Items(List<Json> values) -> values;
            default -> throw new IllegalArgumentException("no list: " + write());
        };
    }

    default List<String> texts() {
        return items().stream().map(Json::text).toList();
    }

    /** {@return this in one line} */
    default String write() {
        return switch (this) {
            case Text(String value) -> quoted(value);
            case Numeral(BigDecimal value) -> value.toPlainString();
            case Word word ->
                switch (word) {
                    case TRUE -> "true";
                    case FALSE -> "false";
                    case NULL -> "null";
                };
            case Items(List<Json> values) ->
                values.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
            case Fields(Map<String, Json> values) ->
                values.entrySet().stream()
                        .map(field ->
                                quoted(field.getKey()) + ":" + field.getValue().write())
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
