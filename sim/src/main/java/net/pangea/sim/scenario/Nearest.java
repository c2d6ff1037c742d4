package net.pangea.sim.scenario;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid word that a wrong one was probably meant to be. */
public final class Nearest {
    private Nearest() {}

    /** {@return the end of a message: the nearest of {@code valid}, or all of them when none is near} */
    public static String hint(String wrong, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "";
        }
        return of(wrong, valid)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> "; valid here: " + String.join(", ", valid));
    }

    /** {@return the nearest of {@code valid} if it is near: at most a third of its letters differ, or one} */
    public static Optional<String> of(String wrong, Collection<String> valid) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        Optional<String> nearest = Optional.empty();
        int smallest = Integer.MAX_VALUE;
        for (String word : valid) {
            int tolerated = Math.max(1, Math.max(word.length(), wrong.length()) / 3);
            if (Math.abs(word.length() - wrong.length()) > tolerated) {
                continue; // they differ in more letters than that, and one of them may be endless
            }
            int distance = distance(lower, word.toLowerCase(Locale.ROOT));
            if (distance <= tolerated && distance < smallest) {
                smallest = distance;
                nearest = Optional.of(word);
            }
        }
        return nearest;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substitution = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
