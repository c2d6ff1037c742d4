package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** One of a few words. */
record WordType(List<String> valid) implements Type<String> {
    /** So many are named in a sentence. */
    private static final int FEW = 4;

    @Override
    public String words() {
        return String.join(" or ", valid);
    }

    @Override
    public String form() {
        return valid.size() == 1 ? "which is " + valid.getFirst() : words();
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.words(valid);
    }

    @Override
    public String read(Yaml yaml) {
        String text = Type.textOf(yaml, words());
        if (!valid.contains(text)) {
            String near = Nearest.of(text, valid)
                    .map(word -> "; did you mean '" + word + "'?")
                    .orElse("");
            boolean few = valid.size() <= FEW;
            throw new BadInput(
                    yaml.mark(),
                    "'" + text + "' is not "
                            + (few ? words() + near : "one of the words here" + Nearest.hint(text, valid)));
        }
        return text;
    }

    @Override
    public Yaml write(String value) {
        return Yaml.text(value);
    }
}
