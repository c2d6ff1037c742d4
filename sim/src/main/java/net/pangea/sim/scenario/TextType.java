package net.pangea.sim.scenario;

import java.util.Map;

/**
 * Text of a certain form.
 *
 * @param pattern what it must match
 */
record TextType(String words, String pattern) implements Type<String> {
    @Override
    public Map<String, Object> schema() {
        String portable = pattern.replace("\\p{Cntrl}", "\\u0000-\\u001f\\u007f");
        return "1".matches(pattern) ? JsonSchema.textOrNumber(portable) : JsonSchema.text(portable);
    }

    @Override
    public String read(Yaml yaml) {
        String text = Type.textOf(yaml, words);
        if (!text.matches(pattern)) {
            throw new BadInput(yaml.mark(), "'" + text + "' is not " + words);
        }
        return text;
    }

    @Override
    public Yaml write(String value) {
        return Yaml.text(value);
    }
}
