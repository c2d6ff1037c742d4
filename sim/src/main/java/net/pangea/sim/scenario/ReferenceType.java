package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The name of a link or of a region, or one of a few words, drawn for each machine if it is a choice.
 *
 * @param noun what it is
 * @param valid the words, of what the language names itself
 */
record ReferenceType(String noun, List<String> valid) implements Type<Reference> {

    /** The name of something that the scenario names. */
    ReferenceType(String noun) {
        this(noun, List.of());
    }

    @Override
    public String words() {
        String one = valid.isEmpty() ? "the name of a " + noun : String.join(" or ", valid);
        return one + ", or 'choice' and several, drawn once per machine";
    }

    @Override
    public Map<String, Object> schema() {
        return valid.isEmpty()
                ? JsonSchema.text()
                : JsonSchema.text(String.join("|", valid) + "|(?:per-seed )?choice .+");
    }

    @Override
    public Reference read(Yaml yaml) {
        List<String> words =
                new ArrayList<>(List.of(Type.textOf(yaml, words()).strip().split("\\s+", -1)));
        boolean perSeed = words.remove("per-seed");
        if (words.size() == 1 && !perSeed) {
            return known(Reference.to(words.getFirst()), yaml.mark());
        }
        words.remove("choice");
        boolean weighted = words.size() > 1 && words.get(1).endsWith("%");
        if (!Type.textOf(yaml, words()).contains("choice ") || words.isEmpty() || (weighted && words.size() % 2 != 0)) {
            throw new BadInput(yaml.mark(), yaml.noun() + " is not " + words() + ", as in " + example());
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
        return known(new Reference(names, weights, weighted, perSeed), yaml.mark());
    }

    private String example() {
        String one = valid.isEmpty() ? "eu" : valid.getFirst();
        String other = valid.isEmpty() ? "us" : valid.getLast();
        return "'choice " + one + " " + other + "' or 'choice " + one + " 20% " + other + " 80%'";
    }

    private Reference known(Reference reference, Mark mark) {
        for (String word : reference.words()) {
            if (!valid.isEmpty() && !valid.contains(word)) {
                throw new BadInput(mark, "'" + word + "' is no kind of " + noun + Nearest.hint(word, valid));
            }
        }
        return reference;
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
        for (String word : valid.isEmpty() ? value.words() : List.<String>of()) {
            if (noun.equals("link")) {
                world.requireLink(word, mark);
            } else {
                world.requireRegion(word, mark);
            }
        }
    }
}
