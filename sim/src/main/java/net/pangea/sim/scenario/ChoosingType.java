package net.pangea.sim.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Which of the stored objects. */
record ChoosingType() implements Type<Choosing> {
    @Override
    public String words() {
        return "each, uniform or zipf EXPONENT";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text("each|uniform|zipf [0-9](?:\\.[0-9]{1,9})?");
    }

    @Override
    public Choosing read(Yaml yaml) {
        List<String> words = List.of(Type.textOf(yaml, words()).strip().split("\\s+", -1));
        String first = words.getFirst();
        if (first.equals("zipf")) {
            if (words.size() != 2 || !words.get(1).matches("[0-9](\\.[0-9]{1,9})?")) {
                throw new BadInput(yaml.mark(), "zipf takes a number below 10; write for example 'zipf 1.1'");
            }
            return new Choosing.Zipf(new BigDecimal(words.get(1)));
        }
        if (words.size() == 1 && first.equals("each")) {
            return new Choosing.Each();
        }
        if (words.size() == 1 && first.equals("uniform")) {
            return new Choosing.Uniform();
        }
        throw new BadInput(
                yaml.mark(),
                yaml.noun() + " does not say which" + Nearest.hint(first, List.of("each", "uniform", "zipf")));
    }

    @Override
    public Yaml write(Choosing value) {
        return Yaml.text(value.words());
    }
}
