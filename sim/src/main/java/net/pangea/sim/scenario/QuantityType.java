package net.pangea.sim.scenario;

import java.util.Map;

/**
 * A quantity with its unit and range.
 *
 * @param least the smallest allowed
 * @param most the largest allowed
 * @param moment when it is drawn if it is a distribution
 */
public record QuantityType(Dimension dimension, long least, long most, Moment moment) implements Type<Distribution> {

    /** {@return this type from {@code smallest} on} */
    public QuantityType from(String smallest) {
        return new QuantityType(dimension, dimension.parse(smallest, Yaml.WRITTEN), most, moment);
    }

    /** {@return this type up to {@code largest}} */
    public QuantityType to(String largest) {
        return new QuantityType(dimension, least, dimension.parse(largest, Yaml.WRITTEN), moment);
    }

    @Override
    public String words() {
        String range = new DistributionReader(dimension, least, most).range();
        String random = moment == Moment.SEED ? "" : ", or a distribution drawn " + moment.words();
        return dimension.noun() + ", " + range + random;
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.quantity(dimension);
    }

    @Override
    public Distribution read(Yaml yaml) {
        String text = Type.textOf(yaml, dimension.noun() + " such as " + dimension.example());
        Distribution read = new DistributionReader(dimension, least, most).read(text, yaml.mark());
        if (moment == Moment.SEED && !read.isConstant() && !(read instanceof Distribution.PerSeed)) {
            throw new BadInput(
                    yaml.mark(),
                    "this is one value for the whole run; write " + dimension.noun() + " such as " + dimension.example()
                            + ", or 'per-seed " + text + "'");
        }
        return read;
    }

    @Override
    public Yaml write(Distribution value) {
        return Yaml.text(value.words(dimension));
    }

    @Override
    public Distribution draw(Distribution value, Moment now, Draws draws) {
        boolean due = now == moment || (now == Moment.SEED && value instanceof Distribution.PerSeed);
        return due && !value.isConstant() ? Distribution.always(value.draw(draws.stream())) : value;
    }
}
