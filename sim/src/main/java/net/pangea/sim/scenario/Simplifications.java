package net.pangea.sim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What of a resolved scenario can be made simpler without taking machines, faults or workloads away. */
final class Simplifications {
    /** They exist without being written. */
    private static final List<String> STANDARD_LINKS = List.of("lan", "client");

    private static final List<Param<Distribution>> LINK_KEYS =
            List.of(Keys.LOSS, Keys.JITTER, Keys.REORDER, Keys.DUPLICATE, Keys.LATENCY, Keys.UP, Keys.DOWN, Keys.QUEUE);

    private Simplifications() {}

    /** {@return what can be made simpler, by a name for people: each a change of the root that leaves the other ones as they are} */
    static Map<String, UnaryOperator<Arguments>> of(Arguments root, Language language) {
        Map<String, UnaryOperator<Arguments>> all = new LinkedHashMap<>();
        root.get(Keys.NETWORK).get(Keys.LINKS).forEach((name, link) -> {
            for (Param<Distribution> key : LINK_KEYS) {
                if (!link.get(key).equals(key.fallback().orElseThrow())) {
                    all.put(key.name() + " of link " + name, changed -> changedLink(changed, name, key));
                }
            }
        });
        for (String name : root.get(Keys.NETWORK).get(Keys.LINKS).keySet()) {
            if (!STANDARD_LINKS.contains(name) && !isUsed(root, name)) {
                all.put("link " + name, changed -> withoutLink(changed, name));
            }
        }
        for (Param<?> key : Keys.MACHINE_SHAPE.params().reversed()) { // where they are comes last
            if (root.get(Keys.MACHINES).values().stream().anyMatch(group -> isSaid(group, key))) {
                all.put(key.name() + " of machines", changed -> changedMachines(changed, key));
            }
        }
        if (root.isWritten(Keys.HEAL)) {
            all.put("heal", changed -> changed.without(Keys.HEAL));
        }
        if (root.isWritten(Keys.MEASURE)) {
            all.put("measure", changed -> changed.without(Keys.MEASURE));
        }
        Arguments expect = root.get(language.expect);
        for (Param<List<Expectation>> place : language.expectations) {
            for (Expectation check : expect.find(place).orElse(List.of())) {
                all.put(check(check), changed -> withoutCheck(changed, language, place, check(check)));
            }
        }
        return all;
    }

    private static String check(Expectation check) {
        return check(check.name(), check.about());
    }

    /** {@return what a check is called} */
    static String check(String name, String about) {
        return "check " + (name + " " + about).strip();
    }

    private static boolean isSaid(Arguments group, Param<?> key) {
        boolean ofAll = isOther(group, key);
        return ofAll || group.find(Keys.EACH).orElse(Map.of()).values().stream().anyMatch(own -> isOther(own, key));
    }

    private static <T> boolean isOther(Arguments machine, Param<T> key) {
        return machine.isWritten(key) && !machine.find(key).equals(key.fallback());
    }

    private static Arguments changedMachines(Arguments root, Param<?> key) {
        Map<String, Arguments> groups = new LinkedHashMap<>();
        root.get(Keys.MACHINES).forEach((name, group) -> {
            Map<String, Arguments> each = new LinkedHashMap<>();
            group.find(Keys.EACH).orElse(Map.of()).forEach((number, own) -> each.put(number, own.without(key)));
            each.values().removeIf(own -> own.equals(new Arguments(Keys.MACHINE_SHAPE, own.mark())));
            Arguments plain = group.without(key);
            groups.put(name, each.isEmpty() ? plain.without(Keys.EACH) : plain.with(Keys.EACH, each));
        });
        Arguments changed = root.with(Keys.MACHINES, groups);
        return key.equals(Keys.REGION)
                ? changed.with(Keys.NETWORK, root.get(Keys.NETWORK).without(Keys.REGIONS))
                : changed;
    }

    private static boolean isUsed(Arguments root, String link) {
        return root.get(Keys.MACHINES).values().stream()
                .flatMap(group ->
                        Stream.concat(Stream.of(group), group.find(Keys.EACH).orElse(Map.of()).values().stream()))
                .anyMatch(machine -> machine.get(Keys.LINK_NAME).equals(Reference.to(link)));
    }

    private static Arguments withoutLink(Arguments root, String name) {
        Arguments network = root.get(Keys.NETWORK);
        Map<String, Arguments> links = new LinkedHashMap<>(network.get(Keys.LINKS));
        links.remove(name);
        return root.with(Keys.NETWORK, network.with(Keys.LINKS, links));
    }

    private static Arguments changedLink(Arguments root, String name, Param<Distribution> key) {
        Arguments network = root.get(Keys.NETWORK);
        Map<String, Arguments> links = new LinkedHashMap<>(network.get(Keys.LINKS));
        links.computeIfPresent(name, (_, link) -> link.without(key));
        return root.with(Keys.NETWORK, network.with(Keys.LINKS, links));
    }

    private static Arguments withoutCheck(
            Arguments root, Language language, Param<List<Expectation>> place, String check) {
        Arguments expect = root.get(language.expect);
        List<Expectation> left = expect.find(place).orElse(List.of()).stream()
                .filter(one -> !check(one).equals(check))
                .toList();
        return root.with(language.expect, left.isEmpty() ? expect.without(place) : expect.with(place, left));
    }
}
