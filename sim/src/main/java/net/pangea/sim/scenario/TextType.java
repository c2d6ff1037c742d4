package net.pangea.sim.scenario;

/**
 * Text of a certain form.
 *
 * @param pattern what it must match
 */
record TextType(String words, String pattern) implements Type<String> {
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
