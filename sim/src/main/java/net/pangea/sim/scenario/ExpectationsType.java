package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of checks under one word of {@code expect}. */
record ExpectationsType(Expectation.Place place, List<Verb> verbs) implements Type<List<Expectation>> {
    @Override
    public String words() {
        return "a list of checks";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.list(JsonSchema.expectation(
                verbs.stream().filter(verb -> verb.places().contains(place)).toList()));
    }

    @Override
    public List<Expectation> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list)) {
            throw new BadInput(yaml.mark(), "'" + place.word() + "' takes " + words() + ", found " + yaml.noun());
        }
        return list.items().stream().map(this::one).toList();
    }

    private Expectation one(Yaml item) {
        return switch (item) {
            case Yaml.Scalar word -> of(word, new Yaml.Mapping(List.of(), word.mark()));
            case Yaml.Mapping mapping
            when mapping.entries().size() == 1 ->
                of(
                        mapping.entries().getFirst().key(),
                        mapping.entries().getFirst().value());
            default ->
                throw new BadInput(
                        item.mark(),
                        "a check is a word, or one word with its keys, as in {reached:" + " shard-rejected}");
        };
    }

    private Expectation of(Yaml.Scalar word, Yaml keys) {
        Verb verb = verbs.stream()
                .filter(candidate -> candidate.name().equals(word.text()))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        word.mark(),
                        "there is no check '" + word.text() + "'" + Nearest.hint(word.text(), Verb.names(verbs))));
        if (!verb.places().contains(place)) {
            List<String> places =
                    verb.places().stream().map(Expectation.Place::word).toList();
            throw new BadInput(
                    word.mark(),
                    "'" + verb.name() + "' does not stand under '" + place.word() + "'; write it under "
                            + String.join(" or ", places));
        }
        return new Expectation(place, verb, verb.shape().read(spelt(verb, keys)), word.mark());
    }

    /** A check with one key is written without it, as in {reached: shard-rejected}. */
    private static Yaml spelt(Verb verb, Yaml keys) {
        List<Param<?>> params = verb.shape().params();
        if (params.size() == 1 && keys instanceof Yaml.Scalar) {
            return new Yaml.Mapping(List.of(Yaml.entry(params.getFirst().name(), keys)), keys.mark());
        }
        return keys;
    }

    @Override
    public Yaml write(List<Expectation> value) {
        List<Yaml> items = new ArrayList<>();
        for (Expectation expectation : value) {
            Yaml.Mapping keys = expectation.arguments().write();
            String name = expectation.verb().name();
            items.add(
                    keys.entries().isEmpty()
                            ? Yaml.text(name)
                            : new Yaml.Mapping(
                                    List.of(Yaml.entry(name, shortened(expectation.verb(), keys))), Yaml.WRITTEN));
        }
        return new Yaml.Items(items, Yaml.WRITTEN);
    }

    private static Yaml shortened(Verb verb, Yaml.Mapping keys) {
        return verb.shape().params().size() == 1 ? keys.entries().getFirst().value() : keys;
    }

    @Override
    public List<Expectation> draw(List<Expectation> value, Moment moment, Draws draws) {
        List<Expectation> drawn = new ArrayList<>();
        for (Expectation one : value) {
            Arguments arguments =
                    one.arguments().draw(moment, draws.in(one.verb().name()));
            drawn.add(new Expectation(one.place(), one.verb(), arguments, one.mark()));
        }
        return drawn;
    }

    @Override
    public void check(List<Expectation> value, Mark mark, World world) {
        value.forEach(expectation -> expectation.arguments().check(world));
    }
}
