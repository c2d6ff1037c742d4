package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The name of a link or of a region, drawn for each machine if it is a choice.
 *
 * @param noun which of the two
 */
record ReferenceType(String noun) implements Type<Reference> {
    @Override
    public String words() {
        return "the name of a " + noun + ", or 'choice' and several, drawn once per machine";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text();
    }

    @Override
    public Reference read(Yaml yaml) {
        List<String> words =
                new ArrayList<>(List.of(Type.textOf(yaml, words()).strip().split("\\s+", -1)));
        boolean perSeed = words.remove("per-seed");
        if (words.size() == 1 && !perSeed) {
            return Reference.to(words.getFirst());
        }
        words.remove("choice");
        boolean weighted = words.size() > 1 && words.get(1).endsWith("%");
        if (!Type.textOf(yaml, words()).contains("choice ") || words.isEmpty() || (weighted && words.size() % 2 != 0)) {
            throw new BadInput(
                    yaml.mark(),
                    yaml.noun() + " is not " + words() + ", as in 'choice eu us' or 'choice eu" + " 20% us 80%'");
        }
        List<String> names = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < words.size(); i += weighted ? 2 : 1) {
            names.add(words.get(i));
            weights.add(weighted ? DistributionReader.weight(words.get(i + 1), yaml.mark()) : 1L);
        }
        if (weighted) {
            DistributionReader.requireWhole(weights, yaml.mark());
        }
        return new Reference(names, weights, weighted, perSeed);
    }

    @Override
    public Yaml write(Reference value) {
        return Yaml.text(value.text());
    }

    @Override
    public Reference draw(Reference value, Moment moment, Draws draws) {
        return moment == (value.perSeed() ? Moment.SEED : Moment.MACHINE) ? value.draw(draws.stream()) : value;
    }

    @Override
    public void check(Reference value, Mark mark, World world) {
        for (String word : value.words()) {
            if (noun.equals("link")) {
                world.requireLink(word, mark);
            } else {
                world.requireRegion(word, mark);
            }
        }
    }
}
