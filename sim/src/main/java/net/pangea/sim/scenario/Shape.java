package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mapping of the language: which keys it has and what must hold between them.
 *
 * @param name how messages call it
 * @param sentence what it says, for the reference page
 */
public record Shape(String name, String sentence, List<Param<?>> params, List<Rule> rules) {

    public Shape {
        params = List.copyOf(params);
        rules = List.copyOf(rules);
    }

    /** {@return a shape without rules} */
    public static Shape of(String name, String sentence, Param<?>... params) {
        return new Shape(name, sentence, List.of(params), List.of());
    }

    /** {@return this shape with one more rule} */
    public Shape where(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Shape(name, sentence, params, more);
    }

    /** {@return the names of the keys} */
    public List<String> keys() {
        return params.stream().<String>map(Param::name).toList();
    }

    Optional<Param<?>> param(String key) {
        return params.stream().filter(param -> param.name().equals(key)).findFirst();
    }

    /** In braces a comma begins a new key. */
    private String remedy(String key, Yaml value) {
        boolean alone = value instanceof Yaml.Scalar(String text, Mark _) && text.isEmpty();
        return alone && Nearest.of(key, keys()).isEmpty()
                ? "; if it belongs to the value before it, write a blank instead of the comma"
                : Nearest.hint(key, keys());
    }

    /** {@return what the mapping says; unknown and missing keys are refused} */
    Arguments read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            throw new BadInput(
                    yaml.mark(),
                    name + " is a mapping with the keys " + String.join(", ", keys()) + ", found " + yaml.noun());
        }
        Arguments arguments = new Arguments(this, mapping.mark());
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            Param<?> param = param(key)
                    .orElseThrow(() -> new BadInput(
                            entry.key().mark(), "'" + key + "' is not a key of " + name + remedy(key, entry.value())));
            arguments = arguments.read(param, entry.value());
        }
        arguments.requireComplete();
        return arguments;
    }
}
