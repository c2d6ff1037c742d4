package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of latencies, each with its percentiles. */
record MeasuresType() implements Type<List<Measure>> {
    @Override
    public String words() {
        return "a list such as [get-latency p50 p99]: " + String.join(" or ", Figures.LATENCIES) + ", then of "
                + String.join(" ", Figures.PERCENTILES);
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.list(JsonSchema.text("(?:" + String.join("|", Figures.LATENCIES) + ")(?: (?:"
                + String.join("|", Figures.PERCENTILES).replace(".", "\\.") + "))+"));
    }

    @Override
    public List<Measure> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        List<Measure> measures = new ArrayList<>();
        for (Yaml item : list.items()) {
            List<String> words = List.of(Type.textOf(item, words()).strip().split("\\s+", -1));
            require(words.getFirst(), Figures.LATENCIES, "a latency", item.mark());
            List<String> percentiles = words.subList(1, words.size());
            if (percentiles.isEmpty()) {
                throw new BadInput(
                        item.mark(),
                        "'" + words.getFirst() + "' needs percentiles; write for example '" + words.getFirst()
                                + " p50 p99'");
            }
            percentiles.forEach(word -> require(word, Figures.PERCENTILES, "a percentile", item.mark()));
            measures.add(new Measure(words.getFirst(), percentiles));
        }
        return measures;
    }

    private static void require(String word, List<String> valid, String noun, Mark mark) {
        if (!valid.contains(word)) {
            throw new BadInput(mark, "'" + word + "' is not " + noun + Nearest.hint(word, valid));
        }
    }

    @Override
    public Yaml write(List<Measure> value) {
        return new Yaml.Items(
                value.stream()
                        .<Yaml>map(
                                measure -> Yaml.text(measure.latency() + " " + String.join(" ", measure.percentiles())))
                        .toList(),
                Yaml.WRITTEN);
    }
}
