package net.pangea.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The search for something smaller, without any simulation: what fails is said by predicates over lists of numbers. */
class ShrinkerTest {
    private static final long TIME_ENOUGH = Long.MAX_VALUE;

    private final List<List<Integer>> smaller = new ArrayList<>();

    private void note(List<Integer> found, int runs) {
        smaller.add(found);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private Shrinker.Result<List<Integer>> shrink(
            Narrowing<List<Integer>> search, Predicate<List<Integer>> fails, int jobs, int runsMax)
            throws InterruptedException {
        return new Shrinker<>(new Shrinker.Setting<List<Integer>>(
                        fails::test, _ -> true, jobs, runsMax, () -> TIME_ENOUGH, this::note))
                .run(search);
    }

    private static Ddmin<Integer, List<Integer>> ddmin(List<Integer> all) {
        return Ddmin.of(all, Function.identity(), all);
    }

    @Property(tries = 200)
    void what_needs_some_elements_together_is_left_with_just_these(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @Size(max = 6) Set<@IntRange(max = 59) Integer> drawn,
            @ForAll @IntRange(min = 1, max = 4) int jobs)
            throws InterruptedException {
        Set<Integer> needed = new TreeSet<>(drawn);
        needed.removeIf(number -> number >= count);

        Shrinker.Result<List<Integer>> result =
                shrink(ddmin(numbers(count)), left -> left.containsAll(needed), jobs, 100_000);

        assertThat(result.smallest()).containsExactlyElementsOf(needed);
        assertThat(result.isOver()).isTrue();
    }

    /** Failures that come and go as elements do: whether a list fails is as good as random. */
    @Property(tries = 200)
    void of_the_smallest_nothing_can_be_taken_away_whatever_it_is_that_fails(
            @ForAll @IntRange(min = 1, max = 40) int count, @ForAll int salt) throws InterruptedException {
        List<Integer> all = numbers(count);
        Predicate<List<Integer>> fails = left -> left.equals(all) || Math.floorMod(31 * left.hashCode() + salt, 3) == 0;

        Shrinker.Result<List<Integer>> result = shrink(ddmin(all), fails, 1, 100_000);

        assertThat(fails.test(result.smallest())).isTrue();
        for (Integer one : result.smallest()) {
            List<Integer> less = new ArrayList<>(result.smallest());
            less.removeIf(other -> other.equals(one));
            assertThat(fails.test(less)).as("without %s", one).isFalse();
        }
    }

    @Property(tries = 100)
    void the_end_does_not_depend_on_how_many_run_at_a_time(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll int salt,
            @ForAll @IntRange(min = 2, max = 5) int jobs)
            throws InterruptedException {
        List<Integer> all = numbers(count);
        Predicate<List<Integer>> fails = left -> left.equals(all) || Math.floorMod(31 * left.hashCode() + salt, 3) == 0;

        smaller.clear();
        List<Integer> alone = shrink(ddmin(all), fails, 1, 100_000).smallest();
        List<List<Integer>> onTheWay = List.copyOf(smaller);
        smaller.clear();

        assertThat(shrink(ddmin(all), fails, jobs, 100_000).smallest()).isEqualTo(alone);
        assertThat(smaller).isEqualTo(onTheWay);
    }

    @Property(tries = 100)
    void no_more_runs_are_begun_than_the_budget_allows_and_what_is_found_by_then_fails(
            @ForAll @IntRange(max = 60) int runsMax, @ForAll @IntRange(min = 1, max = 4) int jobs)
            throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Predicate<List<Integer>> fails = left -> left.containsAll(List.of(7, 23, 41));

        Shrinker.Result<List<Integer>> result = shrink(
                ddmin(numbers(50)),
                left -> {
                    runs.incrementAndGet();
                    return fails.test(left);
                },
                jobs,
                runsMax);

        assertThat(runs.get()).isLessThanOrEqualTo(result.runs());
        assertThat(result.runs()).isLessThanOrEqualTo(runsMax);
        assertThat(fails.test(result.smallest())).isTrue();
        if (!result.isOver()) {
            assertThat(result.runs()).isEqualTo(runsMax);
        }
    }

    @Example
    void nothing_is_begun_when_the_time_is_over() throws InterruptedException {
        List<Integer> all = numbers(9);

        Shrinker.Result<List<Integer>> result = new Shrinker<>(
                        new Shrinker.Setting<List<Integer>>(_ -> true, _ -> true, 2, 100, () -> 0, this::note))
                .run(ddmin(all));

        assertThat(result).isEqualTo(new Shrinker.Result<>(all, 0, false));
    }

    @Example
    void what_cannot_be_run_costs_nothing_and_nothing_is_run_twice() throws InterruptedException {
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> all = numbers(16);
        Shrinker.Setting<List<Integer>> setting = new Shrinker.Setting<>(
                left -> {
                    runs.add(left);
                    return left.contains(3);
                },
                left -> left.size() >= 5,
                1,
                1_000,
                () -> TIME_ENOUGH,
                this::note);
        Function<List<Integer>, Narrowing<List<Integer>>> again = ShrinkerTest::ddmin;

        Shrinker.Result<List<Integer>> result = new Shrinker<>(setting).run(Passes.of(List.of(again, again), 0, all));

        assertThat(result.smallest()).hasSize(5).contains(3);
        assertThat(runs)
                .doesNotHaveDuplicates()
                .allSatisfy(left -> assertThat(left).hasSizeGreaterThanOrEqualTo(5));
        assertThat(result.runs()).isEqualTo(runs.size());
    }

    @Example
    void what_one_search_makes_possible_another_one_uses() throws InterruptedException {
        // A nine may only go when the eight has gone, and the eight not before the seven.
        Predicate<List<Integer>> fails = left -> left.contains(1)
                && (left.contains(7) || !left.contains(8) || left.contains(9))
                && (left.contains(9) || !left.contains(8));
        Function<List<Integer>, Narrowing<List<Integer>>> nine = without(9);
        Function<List<Integer>, Narrowing<List<Integer>>> eight = without(8);
        Function<List<Integer>, Narrowing<List<Integer>>> seven = without(7);

        Shrinker.Result<List<Integer>> result =
                shrink(Passes.of(List.of(nine, eight, seven), 0, List.of(1, 7, 8, 9)), fails, 1, 100);

        assertThat(result).isEqualTo(new Shrinker.Result<>(List.of(1), result.runs(), true));
    }

    private static Function<List<Integer>, Narrowing<List<Integer>>> without(int number) {
        return from -> new Attempts<>(
                from.contains(number)
                        ? List.of(from.stream().filter(one -> one != number).toList())
                        : List.of(),
                from);
    }

    @Property(tries = 200)
    void the_least_number_that_fails_is_found_to_a_sixteenth_with_few_and_cheap_tries(
            @ForAll @IntRange(min = 1, max = 4_000) int whole, @ForAll @IntRange(min = 1, max = 4_000) int drawn)
            throws InterruptedException {
        int least = Math.min(whole, drawn);
        List<Long> tried = new ArrayList<>();
        Shrinker.Setting<Long> setting = new Shrinker.Setting<>(
                number -> {
                    tried.add(number);
                    return number >= least;
                },
                _ -> true,
                1,
                1_000,
                () -> TIME_ENOUGH,
                (_, _) -> {});

        long found = new Shrinker<>(setting)
                .run(Least.of(number -> number, (long) whole, whole))
                .smallest();

        assertThat(found).isBetween((long) least, least + Math.max(1L, least / 15L));
        assertThat(tried.size()).isLessThan(16);
    }

    @Example
    void of_some_attempts_the_first_that_fails_is_taken() throws InterruptedException {
        List<Integer> all = numbers(3);

        assertThat(shrink(
                                new Attempts<>(List.of(List.of(0), List.of(1), List.of(2)), all),
                                left -> left.contains(1),
                                3,
                                9)
                        .smallest())
                .containsExactly(1);
        assertThat(shrink(new Attempts<>(List.of(List.of(0)), all), _ -> false, 3, 9)
                        .smallest())
                .isEqualTo(all);
    }

    @Example
    void a_run_that_cannot_be_made_ends_the_search_with_its_reason() {
        assertThatThrownBy(() -> shrink(
                        ddmin(numbers(4)),
                        _ -> {
                            throw new IllegalStateException("no memory");
                        },
                        1,
                        9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no memory");
    }
}
