package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Some of what is counted from 0 on, by number: each once, in ascending order, at least one.
 *
 * @param noun what is counted
 */
record NumbersType(String noun) implements Type<List<Long>> {
    private static final String NUMBER = "0|[1-9][0-9]{0,8}";

    @Override
    public String words() {
        return "a list of numbers of " + noun + "s, such as [0, 4, 7]";
    }

    @Override
    public Map<String, Object> schema() {
        SequencedMap<String, Object> schema = JsonSchema.list(Map.of("type", "integer"));
        schema.put("minItems", 1);
        schema.put("uniqueItems", true);
        return schema;
    }

    @Override
    public List<Long> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        if (list.items().isEmpty()) {
            throw new BadInput(yaml.mark(), "this leaves no " + noun + "; write at least one number");
        }
        List<Long> numbers = new ArrayList<>();
        for (Yaml item : list.items()) {
            long number = number(item);
            if (!numbers.isEmpty() && number <= numbers.getLast()) {
                throw new BadInput(
                        item.mark(),
                        number + " comes after " + numbers.getLast()
                                + "; write each number once, the smaller one before the larger one");
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    private long number(Yaml item) {
        if (item instanceof Yaml.Scalar scalar && scalar.text().matches(NUMBER)) {
            return Long.parseLong(scalar.text());
        }
        throw new BadInput(item.mark(), item.noun() + " is no number of a " + noun + "; write whole numbers from 0 on");
    }

    @Override
    public Yaml write(List<Long> value) {
        return new Yaml.Items(
                value.stream().<Yaml>map(number -> Yaml.text(number.toString())).toList(), Yaml.WRITTEN);
    }
}
