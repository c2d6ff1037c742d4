package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** One of a few words. */
record WordType(List<String> valid) implements Type<String> {
    @Override
    public String words() {
        return String.join(" or ", valid);
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.words(valid);
    }

    @Override
    public String read(Yaml yaml) {
        String text = Type.textOf(yaml, words());
        if (!valid.contains(text)) {
            throw new BadInput(yaml.mark(), "'" + text + "' is not " + words() + Nearest.hint(text, valid));
        }
        return text;
    }

    @Override
    public Yaml write(String value) {
        return Yaml.text(value);
    }
}
