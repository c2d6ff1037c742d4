package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** What is decided without asking anyone. */
class DecisionsTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Example
    void a_spare_is_asked_after_what_the_others_took() {
        assertThat(patience(List.of(), UNKNOWN, UNKNOWN)).isEqualTo(LONGEST);
        assertThat(patience(List.of(), UNKNOWN, millis(40))).hasMillis(120);
        assertThat(patience(List.of(), millis(50), millis(40))).hasMillis(100);
        assertThat(patience(millis(20, 20, 20), millis(50), UNKNOWN)).hasMillis(100);
        assertThat(patience(millis(20, 20, 20, 20), millis(50), UNKNOWN)).hasMillis(30);
        assertThat(patience(millis(20, 30, 40, 80), UNKNOWN, UNKNOWN)).hasMillis(100);
        assertThat(patience(millis(0, 0, 0, 0), UNKNOWN, UNKNOWN)).hasMillis(5);
        assertThat(patience(millis(9_000, 9_000, 9_000, 9_000), UNKNOWN, UNKNOWN))
                .isEqualTo(LONGEST);
    }

    private static Duration patience(List<Long> segment, OptionalLong get, OptionalLong typical) {
        return new Hedge(segment, get, typical).patience(8, LONGEST);
    }

    private static OptionalLong millis(long value) {
        return OptionalLong.of(value * 1_000_000);
    }

    private static List<Long> millis(long first, long... others) {
        return LongStream.concat(LongStream.of(first), LongStream.of(others))
                .mapToObj(value -> value * 1_000_000)
                .toList();
    }

    @Example
    void a_peer_is_avoided_for_as_long_as_its_trouble_lasts() {
        PeerHealth health = new PeerHealth();
        health.hasFailed("a", seconds(100));
        health.isFull("b", seconds(100));

        assertThat(health.avoided(seconds(120))).containsExactlyInAnyOrder("a", "b");
        assertThat(health.avoided(seconds(140))).containsExactly("b");
        assertThat(health.avoided(seconds(500))).isEmpty();
        health.hasFailed("a", seconds(600));
        health.hasAnswered("a");
        assertThat(health.avoided(seconds(600))).isEmpty();
    }

    @Example
    void estimates_follow_what_peers_take_and_grow_old() {
        PeerHealth health = new PeerHealth();
        assertThat(health.takesNanos("a", 0)).isEmpty();
        health.hasTaken("a", 800, 0);
        health.hasTaken("a", 1_600, 1);
        health.hasTaken("b", 50, 1);
        health.hasTaken("c", 70, 1);

        assertThat(health.takesNanos("a", 2)).hasValue(1_100);
        assertThat(health.typicalNanos(2)).hasValue(70);
        health.takesAtLeast("b", 5_000, 3);
        assertThat(health.takesNanos("b", 3)).hasValue(5_000);
        health.takesAtLeast("b", 10, 4);
        assertThat(health.takesNanos("b", 4)).hasValue(5_000);
        assertThat(health.takesNanos("b", seconds(61))).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Property
    void a_name_is_found_by_any_part_of_it(
            @ForAll @AlphaChars @StringLength(max = 6) String before,
            @ForAll @AlphaChars @StringLength(max = 6) String part,
            @ForAll @AlphaChars @StringLength(max = 6) String after) {
        String name = before + part + after;

        assertThat(new NamePattern(part).matches(name)).isTrue();
        assertThat(new NamePattern("*" + part + after).matches(name)).isTrue();
        assertThat(new NamePattern(before + "*").matches(name)).isTrue();
        assertThat(new NamePattern(name + "?").matches(name)).isFalse();
    }

    @Example
    void stars_and_question_marks_match_whole_names() {
        assertThat(new NamePattern("*.jpg").matches("Cat.JPG")).isTrue();
        assertThat(new NamePattern("*.jpg").matches("cat.jpg.txt")).isFalse();
        assertThat(new NamePattern("c?t*").matches("cut and paste")).isTrue();
        assertThat(new NamePattern("a*b*c").matches("aXbXbc")).isTrue();
        assertThat(new NamePattern("").matches("anything")).isTrue();
    }
}
