package net.pangea.sim.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.RandomStream;

/** Which of the stored objects a workload takes. */
public sealed interface Choosing {

    /** {@return the chosen of {@code stored}, which is in the order of storing} */
    <T> List<T> choose(List<T> stored, RandomStream random);

    /** {@return the words that spell it} */
    String words();

    /** Every one. */
    record Each() implements Choosing {
        @Override
        public <T> List<T> choose(List<T> stored, RandomStream random) {
            return List.copyOf(stored);
        }

        @Override
        public String words() {
            return "each";
        }
    }

    /** One, all alike. */
    record Uniform() implements Choosing {
        @Override
        public <T> List<T> choose(List<T> stored, RandomStream random) {
            return stored.isEmpty() ? List.of() : List.of(random.pick(stored));
        }

        @Override
        public String words() {
            return "uniform";
        }
    }

    /** One, the n-th stored with a probability proportional to n to the power of -{@code exponent}. */
    record Zipf(BigDecimal exponent) implements Choosing {
        @Override
        public <T> List<T> choose(List<T> stored, RandomStream random) {
            if (stored.isEmpty()) {
                return List.of();
            }
            List<Double> sums = new ArrayList<>();
            double sum = 0;
            for (int rank = 1; rank <= stored.size(); rank++) {
                sum += StrictMath.pow(rank, -exponent.doubleValue());
                sums.add(sum);
            }
            double drawn = random.nextUnit() * sum;
            int index = 0;
            while (index < stored.size() - 1 && sums.get(index) <= drawn) {
                index++;
            }
            return List.of(stored.get(index));
        }

        @Override
        public String words() {
            return "zipf " + exponent.toPlainString();
        }
    }
}
