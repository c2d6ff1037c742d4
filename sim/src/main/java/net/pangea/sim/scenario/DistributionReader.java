package net.pangea.sim.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.scenario.Distribution.Choice;
import net.pangea.sim.scenario.Distribution.Constant;
import net.pangea.sim.scenario.Distribution.Curve;
import net.pangea.sim.scenario.Distribution.Family;
import net.pangea.sim.scenario.Distribution.PerSeed;
import net.pangea.sim.scenario.Distribution.Uniform;

/**
 * Reads a quantity in words: a number with its unit, or one of the distributions.
 *
 * @param least the smallest quantity allowed here
 * @param most the largest
 */
record DistributionReader(Dimension dimension, long least, long most) {
    static final List<String> WORDS =
            List.of("uniform", "exponential", "lognormal", "weibull", "pareto", "normal", "choice", "per-seed");

    Distribution read(String text, Mark mark) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        return switch (words.getFirst()) {
            case "per-seed" -> {
                if (words.size() == 1 || "per-seed".equals(words.get(1))) {
                    throw new BadInput(
                            mark,
                            "'per-seed' is followed by what to draw; write for example 'per-seed" + " uniform "
                                    + dimension.format(least) + ".." + dimension.example() + "'");
                }
                yield new PerSeed(read(text.strip().substring("per-seed".length()), mark));
            }
            case "uniform" -> uniform(words, mark);
            case "choice" -> choice(words, mark);
            case "exponential" -> curve(Family.EXPONENTIAL, words, "exponential MEAN", mark);
            case "lognormal" -> curve(Family.LOGNORMAL, words, "lognormal MEDIAN SIGMA", mark);
            case "weibull" -> curve(Family.WEIBULL, words, "weibull SHAPE SCALE", mark);
            case "pareto" -> curve(Family.PARETO, words, "pareto LEAST SHAPE", mark);
            case "normal" -> curve(Family.NORMAL, words, "normal MEAN DEVIATION", mark);
            default -> constant(words, text, mark);
        };
    }

    private Distribution constant(List<String> words, String text, Mark mark) {
        String first = words.getFirst();
        if (first.contains("..") && Dimension.startsAsNumber(first)) {
            throw new BadInput(mark, "'" + text + "' is a range; write 'uniform " + first + "'");
        }
        if (words.size() > 1 && dimension == Dimension.COUNT && first.matches("[0-9]+")) {
            throw new BadInput(mark, "'" + text + "' is more than a count, which is a plain integer; write " + first);
        }
        if (words.size() > 1 && Dimension.startsAsNumber(first)) {
            throw new BadInput(
                    mark,
                    "'" + text + "' is not " + dimension.noun()
                            + "; write the number and its unit together, for example " + dimension.example());
        }
        if (!Dimension.startsAsNumber(first) && !first.isEmpty()) {
            String problem = "'" + first + "' is neither " + dimension.noun() + " nor a distribution";
            throw new BadInput(
                    mark,
                    problem
                            + Nearest.of(first, WORDS)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .or(() -> WORDS.stream()
                                            .filter(word -> first.startsWith(word + "("))
                                            .findFirst()
                                            .map(word -> "; write '" + word + "' and a blank instead of brackets"))
                                    .orElse("; write for example " + dimension.example()));
        }
        return new Constant(within(first, mark));
    }

    private Distribution uniform(List<String> words, Mark mark) {
        String[] ends = words.size() == 2 ? words.get(1).split("\\.\\.", -1) : new String[0];
        if (ends.length != 2) {
            throw form("uniform FROM..TO", mark);
        }
        long from = within(ends[0], mark);
        long to = within(ends[1], mark);
        if (from > to) {
            throw new BadInput(
                    mark, "the range " + words.get(1) + " is empty; write uniform " + ends[1] + ".." + ends[0]);
        }
        return new Uniform(from, to);
    }

    private Distribution choice(List<String> words, Mark mark) {
        List<String> rest = words.subList(1, words.size());
        boolean weighted =
                dimension != Dimension.SHARE && rest.size() >= 2 && rest.get(1).endsWith("%");
        if (rest.isEmpty() || (weighted && rest.size() % 2 != 0)) {
            throw form(weighted ? "choice VALUE SHARE% VALUE SHARE%" : "choice VALUE VALUE", mark);
        }
        List<Long> values = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < rest.size(); i += weighted ? 2 : 1) {
            values.add(within(rest.get(i), mark));
            weights.add(weighted ? weight(rest.get(i + 1), mark) : 1L);
        }
        if (weighted) {
            requireWhole(weights, mark);
        }
        return new Choice(values, weights, weighted);
    }

    /** Thirds may be rounded. */
    static void requireWhole(List<Long> weights, Mark mark) {
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum < 990_000 || sum > 1_010_000) {
            throw new BadInput(
                    mark,
                    "the shares come to " + Dimension.SHARE.format(sum) + " together; write such that come to 100%");
        }
    }

    static long weight(String text, Mark mark) {
        long weight = Dimension.SHARE.parse(text, mark);
        if (weight <= 0 || weight > 1_000_000) {
            throw new BadInput(mark, "the share " + text + " is not above 0% and at most 100%");
        }
        return weight;
    }

    private Distribution curve(Family family, List<String> words, String form, Mark mark) {
        boolean capped = words.size() > 2 && "max".equals(words.get(words.size() - 2));
        long highest = capped ? within(words.getLast(), mark) : most;
        List<String> rest = words.subList(1, capped ? words.size() - 2 : words.size());
        if (rest.size() != (family == Family.EXPONENTIAL ? 1 : 2)) {
            throw form(form + " [max MOST]", mark);
        }
        long deviation = 0;
        BigDecimal shape = BigDecimal.ONE;
        String location = rest.getFirst();
        switch (family) {
            case EXPONENTIAL -> {}
            case LOGNORMAL, PARETO -> shape = number(rest.get(1), form, mark);
            case WEIBULL -> {
                shape = number(rest.getFirst(), form, mark);
                location = rest.get(1);
            }
            case NORMAL -> deviation = dimension.parse(rest.get(1), mark);
        }
        if (deviation < 0) {
            throw new BadInput(
                    mark, "a deviation is not negative; write " + rest.get(1).substring(1) + " for " + rest.get(1));
        }
        if (family == Family.PARETO && capped && within(location, mark) >= highest) {
            throw new BadInput(
                    mark,
                    "all that is drawn is at least " + location + ", which is not below 'max " + words.getLast()
                            + "'; write a larger max");
        }
        return new Curve(family, within(location, mark), deviation, shape, least, highest, capped);
    }

    private static BigDecimal number(String text, String form, Mark mark) {
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?") || new BigDecimal(text).signum() == 0) {
            throw new BadInput(
                    mark,
                    "'" + text + "' is not a number above 0 without a unit, as 0.8 is; this is written '" + form + "'");
        }
        return new BigDecimal(text);
    }

    private long within(String text, Mark mark) {
        long value = dimension.parse(text, mark);
        if (value < least || value > most) {
            throw new BadInput(mark, "'" + text + "' is out of range; " + dimension.noun() + " here is " + range());
        }
        return value;
    }

    /** {@return the allowed range in words} */
    String range() {
        boolean open = most == Long.MAX_VALUE;
        if (least == Long.MIN_VALUE) {
            return open ? "any" : "at most " + dimension.format(most);
        }
        return open ? "at least " + dimension.format(least) : dimension.format(least) + " to " + dimension.format(most);
    }

    private static BadInput form(String form, Mark mark) {
        return new BadInput(mark, "this distribution is written '" + form + "'");
    }
}
