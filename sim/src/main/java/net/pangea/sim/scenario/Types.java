package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** The types of values that keys can have. */
public final class Types {
    private Types() {}

    /** {@return a quantity of any size that is not left to chance, or only per seed} */
    public static QuantityType fixed(Dimension dimension) {
        return new QuantityType(dimension, Long.MIN_VALUE, Long.MAX_VALUE, Moment.SEED);
    }

    /** {@return a quantity of any size that may be a distribution, drawn at {@code moment}} */
    public static QuantityType drawn(Dimension dimension, Moment moment) {
        return new QuantityType(dimension, Long.MIN_VALUE, Long.MAX_VALUE, moment);
    }

    /** {@return a share from nothing to all, or a distribution that is drawn for each event} */
    public static QuantityType share() {
        return drawn(Dimension.SHARE, Moment.EVENT).from("0%").to("100%");
    }

    /** {@return a number of shards of a stripe, of which there are so many} */
    public static Type<Distribution> shardCount() {
        return new ShardCountType();
    }

    /** {@return {@code true} or {@code false}} */
    public static Type<Boolean> flag() {
        return new FlagType();
    }

    /** {@return a sentence} */
    public static Type<String> sentence() {
        return new TextType("a sentence", "[^\\p{Cntrl}]+");
    }

    /** {@return a word of small letters, digits and hyphens} */
    public static Type<String> name() {
        return new TextType("a word of small letters, digits and hyphens", "[a-z][a-z0-9-]*");
    }

    /** {@return the name of something stored earlier by a {@code put}} */
    public static Type<String> stored() {
        return new StoredType();
    }

    /** {@return the name of a fault or of a workload, with numbers of occurrences} */
    static Type<String> id() {
        return new TextType("a name of small letters, digits, hyphens and dots", "[a-z][a-z0-9.-]*");
    }

    /** {@return a path, relative to the scenario's file, that exists} */
    public static Type<InputPath> path() {
        return new PathType();
    }

    /** {@return one of a few words} */
    public static Type<String> word(String... words) {
        return new WordType(List.of(words));
    }

    /** {@return machines in words} */
    public static Type<Target> target() {
        return new TargetType();
    }

    /** {@return a rule of a firewall} */
    public static Type<FirewallRule> firewallRule() {
        return new FirewallRuleType(false);
    }

    /** {@return a rule that a firewall of the scenario has, or that a fault gives it} */
    public static Type<FirewallRule> existingFirewallRule() {
        return new FirewallRuleType(true);
    }

    /** {@return two sets of machines} */
    public static Type<Sides> sides() {
        return new SidesType();
    }

    /** {@return which of the stored objects} */
    public static Type<Choosing> choosing() {
        return new ChoosingType();
    }

    /** {@return a mapping} */
    public static Type<Arguments> shape(Shape shape) {
        return new ShapeType(shape);
    }

    /**
     * {@return a mapping from names that the user gives}
     *
     * @param keyPattern what a name must match
     * @param keyForm the same in words
     */
    public static <V> Type<Map<String, V>> named(String noun, String keyPattern, String keyForm, Type<V> values) {
        return new NamedType<>(noun, keyPattern, keyForm, values);
    }
}
