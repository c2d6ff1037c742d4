package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The language as a JSON Schema, draft 2020-12, from the descriptions that the reader itself follows, so that editors complete
 * keys, show what they say, and mark what is wrong. It takes everything that the reader takes, and refuses what can be told from
 * the form alone; ranges, and what must fit together, are the reader's. A schema here is a tree of maps, lists, texts, numbers and
 * flags.
 */
public final class JsonSchema {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private static final String PARAMETER = "\\$[a-z]";

    private JsonSchema() {}

    /** {@return the schema of a scenario} */
    public static SequencedMap<String, Object> of(Language language) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.put("title", "A Pangea scenario");
        schema.putAll(part(language.shape));
        // What is missing may be in an included file.
        schema.put("if", Map.of("not", Map.of("required", List.of(Keys.INCLUDE.name()))));
        schema.put("then", required(language.shape));
        return schema;
    }

    /** {@return which keys a whole scenario must have, in a shape and in those below it; empty if there are none} */
    private static SequencedMap<String, Object> required(Shape shape) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        List<String> keys = requiredKeys(shape);
        if (!keys.isEmpty()) {
            schema.put("required", keys);
        }
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        for (Param<?> param : shape.params()) {
            SequencedMap<String, Object> below = required(param.type());
            if (!below.isEmpty()) {
                properties.put(param.name(), below);
            }
        }
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        return schema;
    }

    private static SequencedMap<String, Object> required(Type<?> type) {
        return switch (type) {
            case ShapeType(Shape shape) -> required(shape);
            case SurvivalType() -> required(SurvivalType.SHAPE);
            case NamedType<?> named -> {
                SequencedMap<String, Object> below = required(named.values());
                SequencedMap<String, Object> schema = new LinkedHashMap<>();
                if (!below.isEmpty()) {
                    schema.put("additionalProperties", below);
                }
                yield schema;
            }
            default -> new LinkedHashMap<>();
        };
    }

    private static List<String> requiredKeys(Shape shape) {
        return shape.params().stream()
                .filter(Param::required)
                .<String>map(Param::name)
                .toList();
    }

    /** {@return the schema of a mapping with the keys of a shape, some of which may be in another file} */
    static SequencedMap<String, Object> part(Shape shape) {
        SequencedMap<String, Object> schema = mapping(shape);
        schema.remove("required");
        return schema;
    }

    /** {@return the schema of a mapping with the keys of a shape} */
    static SequencedMap<String, Object> mapping(Shape shape) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", shape.sentence());
        schema.put("properties", properties(shape));
        List<String> required = requiredKeys(shape);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        List<Map<String, Object>> rules = shape.rules().stream()
                .map(Rule::schema)
                .filter(rule -> !rule.isEmpty())
                .toList();
        if (!rules.isEmpty()) {
            schema.put("allOf", rules);
        }
        return schema;
    }

    private static SequencedMap<String, Object> properties(Shape shape) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        shape.params().forEach(param -> properties.put(param.name(), property(param)));
        return properties;
    }

    private static <T> Map<String, Object> property(Param<T> param) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>(param.type().schema());
        String without = param.fallback()
                .map(value -> param.type().write(value))
                .filter(Yaml.Scalar.class::isInstance)
                .map(value -> " Without it: " + YamlWriter.flow(value) + ".")
                .orElse("");
        schema.put("description", param.sentence() + without);
        return schema;
    }

    /** {@return the schema of a key that a whole pattern matches; the pattern must mean the same in JavaScript} */
    static SequencedMap<String, Object> key(String pattern) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", whole(pattern));
        return schema;
    }

    private static String whole(String pattern) {
        return "^(?:" + pattern + ")$";
    }

    /** {@return the same of a text, or of one with a parameter in it, whose value only the reader knows} */
    static SequencedMap<String, Object> text(String pattern) {
        SequencedMap<String, Object> schema = key(pattern);
        schema.put("pattern", whole(pattern) + "|" + PARAMETER);
        return schema;
    }

    /** {@return the schema of a text with a parameter in it} */
    static SequencedMap<String, Object> parameter() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", PARAMETER);
        return schema;
    }

    /** {@return the same of a text that YAML may take for a number} */
    static SequencedMap<String, Object> textOrNumber(String pattern) {
        SequencedMap<String, Object> schema = text(pattern);
        schema.put("type", List.of("string", "number"));
        return schema;
    }

    /** {@return the schema of a text} */
    static SequencedMap<String, Object> text() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("minLength", 1);
        return schema;
    }

    /** {@return the schema of what one of these takes} */
    static SequencedMap<String, Object> anyOf(List<? extends Map<String, Object>> schemas) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", schemas);
        return schema;
    }

    /** {@return the schema of a list} */
    static SequencedMap<String, Object> list(Map<String, Object> item) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", item);
        return schema;
    }

    /** {@return the schema of one of these words, which YAML may take for numbers} */
    static SequencedMap<String, Object> words(List<String> words) {
        Set<Object> values = new LinkedHashSet<>(words);
        words.stream()
                .filter(word -> word.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .forEach(values::add);
        return anyOf(List.of(Map.of("enum", List.copyOf(values)), parameter()));
    }

    /** {@return the schema of a quantity, or of a distribution of it} */
    static SequencedMap<String, Object> quantity(Dimension dimension) {
        String number = "[+-]?[0-9]+(?:\\.[0-9]+)?";
        String units = String.join("|", dimension.symbols()).replace("/", "\\/");
        String constant = number + "(?:" + units + ")";
        String random = "(?:" + String.join("|", DistributionReader.WORDS) + ") .+";
        SequencedMap<String, Object> text = text(constant + "|" + random);
        text.put("examples", List.of(dimension.example()));
        if (dimension != Dimension.COUNT) {
            return text;
        }
        SequencedMap<String, Object> integer = new LinkedHashMap<>();
        integer.put("type", "integer");
        return anyOf(List.of(integer, text));
    }

    /** {@return the schema of an entry of a list of workloads or of faults: one verb, and when it happens} */
    static SequencedMap<String, Object> step(List<Verb> verbs) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (boolean lasts : new boolean[] {false, true}) {
            List<Verb> alike = verbs.stream()
                    .filter(verb -> verb.unfolding().isPresent() == lasts)
                    .toList();
            if (!alike.isEmpty()) {
                entries.add(step(Schedule.of(alike.getFirst()), alike));
            }
        }
        return entries.size() == 1 ? new LinkedHashMap<>(entries.getFirst()) : anyOf(entries);
    }

    private static SequencedMap<String, Object> step(Shape times, List<Verb> verbs) {
        SequencedMap<String, Object> properties = properties(times);
        verbs.forEach(verb -> properties.put(verb.name(), verb(verb)));
        SequencedMap<String, Object> schema = mapping(times);
        schema.put("properties", properties);
        List<Object> all = new ArrayList<>();
        if (schema.get("allOf") instanceof List<?> ofTimes) {
            all.addAll(ofTimes);
        }
        List<Map<String, List<String>>> one = verbs.stream()
                .map(verb -> Map.of("required", List.of(verb.name())))
                .toList();
        all.add(Map.of("oneOf", one));
        schema.put("allOf", all);
        return schema;
    }

    private static SequencedMap<String, Object> verb(Verb verb) {
        SequencedMap<String, Object> schema = mapping(verb.shape());
        schema.put("examples", List.of(verb.example()));
        return schema;
    }

    /** {@return the schema of a mapping with one of these keys} */
    private static SequencedMap<String, Object> oneOf(Map<String, Object> properties) {
        SequencedMap<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("properties", properties);
        mapping.put("additionalProperties", false);
        mapping.put("minProperties", 1);
        mapping.put("maxProperties", 1);
        return mapping;
    }

    /** {@return the schema of a mapping with this key alone} */
    static SequencedMap<String, Object> oneKey(String key, Map<String, Object> value) {
        return oneOf(Map.of(key, value));
    }

    /** {@return the schema of a check: a word, or a word with its keys} */
    static SequencedMap<String, Object> expectation(List<Verb> verbs) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        List<String> alone = new ArrayList<>();
        for (Verb verb : verbs) {
            List<Param<?>> params = verb.shape().params();
            SequencedMap<String, Object> keys = verb(verb);
            // A check with one key may be written without it.
            properties.put(
                    verb.name(),
                    params.size() == 1 ? anyOf(List.of(params.getFirst().type().schema(), keys)) : keys);
            if (params.stream().noneMatch(Param::required)) {
                alone.add(verb.name());
            }
        }
        SequencedMap<String, Object> mapping = oneOf(properties);
        return alone.isEmpty() ? mapping : anyOf(List.of(words(alone), mapping));
    }
}
