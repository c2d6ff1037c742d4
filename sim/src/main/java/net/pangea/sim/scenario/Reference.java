package net.pangea.sim.scenario;

import java.util.List;
import java.util.stream.Collectors;
import net.pangea.machine.RandomStream;

/**
 * The name of a link or a region, or a choice among several.
 *
 * @param words at least one; more are a choice
 * @param weights relative, one for each word
 * @param weighted whether the weights were written
 * @param perSeed whether it is drawn once for the run rather than for each machine
 */
public record Reference(List<String> words, List<Long> weights, boolean weighted, boolean perSeed) {

    public Reference {
        words = List.copyOf(words);
        weights = List.copyOf(weights);
    }

    /** {@return the name itself} */
    public static Reference to(String word) {
        return new Reference(List.of(word), List.of(1L), false, false);
    }

    /** {@return whether nothing is left to chance} */
    public boolean isSettled() {
        return words.size() == 1;
    }

    /** {@return the name, of a settled one} */
    public String word() {
        if (!isSettled()) {
            throw new IllegalStateException("not settled yet: " + text());
        }
        return words.getFirst();
    }

    Reference draw(RandomStream random) {
        return isSettled() ? this : to(words.get(Distribution.weightedIndex(weights, random)));
    }

    String text() {
        if (isSettled()) {
            return words.getFirst();
        }
        StringBuilder text = new StringBuilder(perSeed ? "per-seed choice" : "choice");
        for (int i = 0; i < words.size(); i++) {
            text.append(' ').append(words.get(i));
            if (weighted) {
                text.append(' ').append(Dimension.SHARE.format(weights.get(i)));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return words.stream().collect(Collectors.joining("|"));
    }
}
