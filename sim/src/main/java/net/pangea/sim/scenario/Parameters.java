package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a scenario: puts values in place of their names, before anything is read as what it is. So a parameter may
 * stand for any value, or for a part of one, and what is wrong with it is told where it is used.
 *
 * @param declared by name
 * @param rest the scenario without the key {@code params}
 */
record Parameters(Map<String, Yaml.Entry> declared, Yaml.Mapping rest) {
    /** A name behind a dollar sign, a second dollar sign, or a dollar sign that is neither. */
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|" + ParametersType.NAME + ")?");

    /** Stands in a path for an entry of a list that has no name, and which no path leads to. */
    private static final String NAMELESS = "*";

    /** With values put in; more is no value of the language. */
    private static final int CHARACTERS_MAX = 10_000;

    /**
     * A value of a parameter.
     *
     * @param origin where it comes from, in words
     */
    private record Value(String text, String origin) {}

    /**
     * {@return the parameters of a scenario}
     *
     * @param shape of a scenario, none of whose keys a parameter is called by
     */
    static Parameters of(Yaml.Mapping scenario, Shape shape) {
        Map<String, Yaml.Entry> declared = scenario.entry(Keys.PARAMS.name())
                .map(entry -> Keys.PARAMS.type().read(entry.value()))
                .orElse(Map.of());
        declared.forEach((name, entry) -> {
            if (shape.param(name).isPresent()) {
                throw new BadInput(
                        entry.key().mark(), "'" + name + "' is a key of a scenario; give the parameter another name");
            }
        });
        return new Parameters(declared, scenario.without(Keys.PARAMS.name()));
    }

    /** {@return {@code text} so that nothing in it is taken for a parameter} */
    static String escaped(String text) {
        return text.replace("$", "$$");
    }

    /**
     * {@return the scenario without parameters}
     *
     * @param file the scenario's, for messages
     * @throws BadInput if it uses a parameter that it does not declare, declares one that it does not use, or has not what is set
     */
    Yaml.Mapping settle(Settings settings, String file) {
        requireUsed();
        Map<String, Value> values = new LinkedHashMap<>();
        declared.forEach((name, entry) -> {
            String text = Type.textOf(entry.value(), "a value");
            values.put(
                    name,
                    new Value(
                            text,
                            "$" + name + " is '" + text + "' at "
                                    + entry.value().mark()));
        });
        Yaml.Mapping set = rest;
        for (Settings.Setting setting : settings.all()) {
            if (declared.containsKey(setting.name())) {
                values.put(setting.name(), new Value(setting.value(), setting.toString()));
            } else {
                set = (Yaml.Mapping) at(
                                set,
                                setting.name(),
                                old -> new Yaml.Scalar(
                                        setting.value(), old.mark().because(setting.toString())))
                        .orElseThrow(() -> unknown(setting, file));
            }
        }
        return (Yaml.Mapping) filled(set, values);
    }

    private void requireUsed() {
        Set<String> used = new LinkedHashSet<>();
        eachScalar("", rest, (_, scalar) -> {
            Matcher reference = REFERENCE.matcher(scalar.text());
            while (reference.find()) {
                requireDeclared(reference.group(1), scalar);
                used.add(reference.group(1));
            }
        });
        declared.forEach((name, entry) -> {
            if (!used.contains(name)) {
                throw new BadInput(
                        entry.key().mark(),
                        "nothing uses the parameter '" + name + "'; write $" + name
                                + " where its value belongs, or leave" + " it out");
            }
        });
    }

    private void requireDeclared(String name, Yaml.Scalar scalar) {
        if (name == null) {
            throw new BadInput(
                    scalar.mark(),
                    "there is a '$' without the name of a parameter behind it; a dollar sign is written $$");
        }
        if (name.equals("$") || declared.containsKey(name)) {
            return;
        }
        String remedy = declared.isEmpty()
                ? "; declare it, as in params: {" + name + ": 1h}, or write $$ for a dollar sign"
                : Nearest.hint(name, declared.keySet());
        throw new BadInput(scalar.mark(), "there is no parameter '" + name + "'" + remedy);
    }

    private BadInput unknown(Settings.Setting setting, String file) {
        List<String> paths = new ArrayList<>(declared.keySet());
        eachScalar("", rest, (path, _) -> {
            if (!path.contains(NAMELESS)) {
                paths.add(path);
            }
        });
        String remedy = Nearest.of(setting.name(), paths)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(
                        declared.isEmpty()
                                ? "; name a value that the file has by its keys, as in machines.node.count"
                                : "; its parameters: " + String.join(", ", declared.keySet()));
        return new BadInput(setting + ": " + file + " has no parameter and no value '" + setting.name() + "'" + remedy);
    }

    /** Goes through the scalars that have a path: keys with dots between, and in lists the names of entries that have one. */
    private static void eachScalar(String path, Yaml yaml, BiConsumer<String, Yaml.Scalar> each) {
        switch (yaml) {
            case Yaml.Scalar scalar -> each.accept(path, scalar);
            case Yaml.Mapping mapping -> {
                String before = path.isEmpty() ? "" : path + ".";
                mapping.entries().forEach(entry -> {
                    requireNoParameter(entry.key());
                    eachScalar(before + entry.key().text(), entry.value(), each);
                });
            }
            case Yaml.Items items ->
                items.items().forEach(item -> eachScalar(path + "." + id(item).orElse(NAMELESS), item, each));
        }
    }

    private static void requireNoParameter(Yaml.Scalar key) {
        if (key.text().contains("$")) {
            throw new BadInput(
                    key.mark(), "a parameter stands for a value or a part of one, not for a key; write the key itself");
        }
    }

    private static Optional<String> id(Yaml item) {
        return item instanceof Yaml.Mapping mapping
                ? mapping.entry(Schedule.ID.name())
                        .map(Yaml.Entry::value)
                        .filter(Yaml.Scalar.class::isInstance)
                        .map(id -> ((Yaml.Scalar) id).text())
                : Optional.empty();
    }

    /** {@return {@code yaml} with another scalar at {@code path}, if there is one} */
    private static Optional<Yaml> at(Yaml yaml, String path, UnaryOperator<Yaml.Scalar> change) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> path.isEmpty() ? Optional.of(change.apply(scalar)) : Optional.empty();
            case Yaml.Mapping mapping -> {
                List<Yaml.Entry> entries = new ArrayList<>(mapping.entries());
                for (int i = 0; i < entries.size(); i++) {
                    Yaml.Entry entry = entries.get(i);
                    Optional<Yaml> changed =
                            behind(entry.key().text(), path).flatMap(left -> at(entry.value(), left, change));
                    if (changed.isPresent()) {
                        entries.set(i, new Yaml.Entry(entry.key(), changed.get()));
                        yield Optional.of(new Yaml.Mapping(entries, mapping.mark()));
                    }
                }
                yield Optional.empty();
            }
            case Yaml.Items list -> {
                List<Yaml> items = new ArrayList<>(list.items());
                for (int i = 0; i < items.size(); i++) {
                    Yaml item = items.get(i);
                    Optional<Yaml> changed =
                            id(item).flatMap(id -> behind(id, path)).flatMap(left -> at(item, left, change));
                    if (changed.isPresent()) {
                        items.set(i, changed.get());
                        yield Optional.of(new Yaml.Items(items, list.mark()));
                    }
                }
                yield Optional.empty();
            }
        };
    }

    /** {@return what is left of {@code path} behind {@code key}; keys may have dots themselves} */
    private static Optional<String> behind(String key, String path) {
        if (path.equals(key)) {
            return Optional.of("");
        }
        return path.startsWith(key + ".") ? Optional.of(path.substring(key.length() + 1)) : Optional.empty();
    }

    private static Yaml filled(Yaml yaml, Map<String, Value> values) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> filled(scalar, values);
            case Yaml.Mapping mapping ->
                new Yaml.Mapping(
                        mapping.entries().stream()
                                .map(entry -> new Yaml.Entry(entry.key(), filled(entry.value(), values)))
                                .toList(),
                        mapping.mark());
            case Yaml.Items items ->
                new Yaml.Items(
                        items.items().stream().map(item -> filled(item, values)).toList(), items.mark());
        };
    }

    private static Yaml.Scalar filled(Yaml.Scalar scalar, Map<String, Value> values) {
        if (!scalar.text().contains("$")) {
            return scalar;
        }
        StringBuilder text = new StringBuilder();
        Set<String> origins = new LinkedHashSet<>();
        Matcher reference = REFERENCE.matcher(scalar.text());
        while (reference.find()) {
            Value value = values.get(reference.group(1));
            reference.appendReplacement(text, Matcher.quoteReplacement(value == null ? "$" : value.text));
            if (value != null) {
                origins.add(value.origin);
            }
            if (text.length() > CHARACTERS_MAX) {
                throw new BadInput(
                        scalar.mark(), "with its parameters this is longer than " + CHARACTERS_MAX + " characters");
            }
        }
        reference.appendTail(text);
        return new Yaml.Scalar(
                text.toString(),
                origins.isEmpty() ? scalar.mark() : scalar.mark().because(String.join("; ", origins)));
    }
}
