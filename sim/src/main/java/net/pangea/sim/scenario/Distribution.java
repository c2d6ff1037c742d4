package net.pangea.sim.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import net.pangea.machine.RandomStream;

/**
 * A quantity, or a way to draw one: whole numbers of a {@link Dimension}'s base unit.
 *
 * <p>Drawing uses integers and {@link StrictMath} alone, so that a seed draws the same on every computer.
 */
public sealed interface Distribution {

    /** {@return the next quantity from {@code random}} */
    long draw(RandomStream random);

    /** {@return the words that spell it} */
    String words(Dimension dimension);

    /** {@return a quantity that is always {@code value}} */
    static Distribution always(long value) {
        return new Constant(value);
    }

    /** {@return whether every draw is the same} */
    default boolean isConstant() {
        return this instanceof Constant;
    }

    /** {@return the quantity, of one that is not left to chance} */
    default long constant() {
        if (this instanceof Constant(long value)) {
            return value;
        }
        throw new IllegalStateException("not settled yet: " + this);
    }

    /** One quantity, always. Draws nothing from the stream. */
    record Constant(long value) implements Distribution {
        @Override
        public long draw(RandomStream random) {
            return value;
        }

        @Override
        public String words(Dimension dimension) {
            return dimension.format(value);
        }
    }

    /** Every value of {@code [from, to]} alike. */
    record Uniform(long from, long to) implements Distribution {
        @Override
        public long draw(RandomStream random) {
            return random.between(from, to);
        }

        @Override
        public String words(Dimension dimension) {
            return "uniform " + dimension.format(from) + ".." + dimension.format(to);
        }
    }

    /** One of some quantities; {@code weights} are relative and as many as {@code values}. */
    record Choice(List<Long> values, List<Long> weights, boolean weighted) implements Distribution {
        public Choice {
            values = List.copyOf(values);
            weights = List.copyOf(weights);
        }

        @Override
        public long draw(RandomStream random) {
            return values.get(weightedIndex(weights, random));
        }

        @Override
        public String words(Dimension dimension) {
            StringBuilder words = new StringBuilder("choice");
            for (int i = 0; i < values.size(); i++) {
                words.append(' ').append(dimension.format(values.get(i)));
                if (weighted) {
                    words.append(' ').append(Dimension.SHARE.format(weights.get(i)));
                }
            }
            return words.toString();
        }
    }

    /** Drawn once for a whole run, then constant (swarm testing). */
    record PerSeed(Distribution of) implements Distribution {
        @Override
        public long draw(RandomStream random) {
            return of.draw(random);
        }

        @Override
        public String words(Dimension dimension) {
            return "per-seed " + of.words(dimension);
        }
    }

    /** The families of {@link Curve}. */
    enum Family {
        /** {@code exponential MEAN}. */
        EXPONENTIAL,
        /** {@code lognormal MEDIAN SIGMA}. */
        LOGNORMAL,
        /** {@code weibull SHAPE SCALE}. */
        WEIBULL,
        /** {@code pareto LEAST SHAPE}. */
        PARETO,
        /** {@code normal MEAN DEVIATION}. */
        NORMAL
    }

    /**
     * A continuous distribution, cut at both ends: what is drawn beyond an end counts as the end.
     *
     * @param location mean, median, scale or least value, as the family says
     * @param deviation the standard deviation of a normal distribution, else 0
     * @param shape the number without a unit, else 1
     * @param capped whether {@code highest} was written, as {@code max}
     */
    record Curve(
            Family family, long location, long deviation, BigDecimal shape, long lowest, long highest, boolean capped)
            implements Distribution {

        @Override
        public long draw(RandomStream random) {
            // 1 - u lies in (0, 1]: its logarithm is finite.
            double u = 1 - random.nextUnit();
            double number = shape.doubleValue();
            double drawn = switch (family) {
                case EXPONENTIAL -> -location * StrictMath.log(u);
                case LOGNORMAL -> location * StrictMath.exp(number * standardNormal(u, random));
                case WEIBULL -> location * StrictMath.pow(-StrictMath.log(u), 1 / number);
                case PARETO -> location * StrictMath.pow(u, -1 / number);
                case NORMAL -> location + deviation * standardNormal(u, random);
            };
            return Math.clamp(StrictMath.round(drawn), lowest, highest);
        }

        /** Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958. */
        private static double standardNormal(double u, RandomStream random) {
            return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * random.nextUnit());
        }

        @Override
        public String words(Dimension dimension) {
            String at = dimension.format(location);
            String number = shape.toPlainString();
            String words = switch (family) {
                case EXPONENTIAL -> "exponential " + at;
                case LOGNORMAL -> "lognormal " + at + " " + number;
                case WEIBULL -> "weibull " + number + " " + at;
                case PARETO -> "pareto " + at + " " + number;
                case NORMAL -> "normal " + at + " " + dimension.format(deviation);
            };
            return capped ? words + " max " + dimension.format(highest) : words;
        }
    }

    /** {@return an index drawn with probability proportional to its weight} */
    static int weightedIndex(List<Long> weights, RandomStream random) {
        long left = random.nextLong(weights.stream().collect(Collectors.summingLong(Long::longValue)));
        int index = 0;
        while (left >= weights.get(index)) {
            left -= weights.get(index);
            index++;
        }
        return index;
    }
}
