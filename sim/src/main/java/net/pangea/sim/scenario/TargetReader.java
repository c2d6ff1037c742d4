package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.pangea.sim.scenario.Target.Name;
import net.pangea.sim.scenario.Target.Pick;

/** Reads the words of a {@link Target} and checks them against a {@link World}. */
final class TargetReader {
    private static final String FORM =
            "write for example 'all', 'home', 'home/3', '2 of home', '10% of home', 'holders-of docs', 'behind"
                    + " symmetric' or 'home except home/0'";

    private TargetReader() {}

    /** Words that a group or an object cannot be called, because they mean something in a target. */
    static final List<String> RESERVED =
            List.of("all", "nobody", "last-restarted", "holders-of", "behind", "of", "except", "client");

    static Target read(String text, Mark mark) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
        Pick pick = new Pick.Everyone();
        if (Dimension.startsAsNumber(words.getFirst())) {
            if (words.size() < 3 || !"of".equals(words.get(1))) {
                throw new BadInput(
                        mark, "a number of machines is written '2 of home' or '10% of home', not '" + text + "'");
            }
            pick = pick(words.getFirst(), mark);
            words.subList(0, 2).clear();
        }
        int except = words.indexOf("except");
        List<Name> taken = except < 0 ? List.of() : names(words.subList(except + 1, words.size()), text, mark);
        return new Target(pick, names(except < 0 ? words : words.subList(0, except), text, mark), taken);
    }

    private static Pick pick(String word, Mark mark) {
        if (word.endsWith("%")) {
            return new Pick.Share(DistributionReader.weight(word, mark));
        }
        long count = Dimension.COUNT.parse(word, mark);
        if (count < 1) {
            throw new BadInput(
                    mark,
                    "the number of machines is at least 1, not " + word + "; leave the entry out if nobody is meant");
        }
        return new Pick.Count(count);
    }

    private static List<Name> names(List<String> words, String text, Mark mark) {
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "all" -> names.add(new Name.All());
                case "nobody" -> names.add(new Name.Nobody());
                case "last-restarted" -> names.add(new Name.LastRestarted());
                case "holders-of" -> {
                    i++;
                    if (i == words.size()) {
                        throw new BadInput(
                                mark, "'holders-of' is followed by what was stored, as in 'holders-of docs'");
                    }
                    names.add(new Name.HoldersOf(words.get(i)));
                }
                case "behind" -> {
                    i++;
                    String kind = i == words.size() ? "" : words.get(i);
                    if (kind.equals(NatKind.NONE.word()) || !NatKind.words().contains(kind)) {
                        List<String> kinds = new ArrayList<>(NatKind.words());
                        kinds.remove(NatKind.NONE.word());
                        throw new BadInput(
                                mark,
                                "'behind' is followed by a kind of NAT, as in 'behind symmetric', not by '" + kind + "'"
                                        + Nearest.hint(kind, kinds));
                    }
                    names.add(new Name.Behind(NatKind.of(kind)));
                }
                default -> {
                    if (!word.matches("[a-z][a-z0-9-]*(/[0-9]{1,9})?") || RESERVED.contains(word)) {
                        throw new BadInput(mark, "'" + word + "' names no machines; " + FORM);
                    }
                    names.add(word.contains("/") ? new Name.One(word) : new Name.Group(word));
                }
            }
        }
        if (names.isEmpty()) {
            throw new BadInput(mark, "'" + text.strip() + "' names no machines; " + FORM);
        }
        return names;
    }

    /** Refuses a target that names what the scenario does not have. */
    static void check(Target target, Mark mark, World world) {
        Stream.concat(target.names().stream(), target.except().stream()).forEach(name -> check(name, mark, world));
        Optional<Set<String>> named = named(target, world);
        if (named.isEmpty()) {
            return;
        }
        int machines = named.get().size();
        boolean nobody = target.names().equals(List.of(new Name.Nobody()));
        if (machines == 0 && !nobody) {
            throw new BadInput(mark, "'" + target.words() + "' leaves no machine; write less behind 'except'");
        }
        if (target.pick() instanceof Pick.Count(long wanted) && wanted > machines) {
            throw new BadInput(
                    mark,
                    "'" + target.words() + "' asks for " + wanted + " of " + machines + " machines; write at most "
                            + machines);
        }
    }

    /** {@return the machines of which a target takes all or some, if they are known before the run} */
    static Optional<Set<String>> named(Target target, World world) {
        Set<String> machines = new TreeSet<>();
        for (Name name : target.names()) {
            if (!add(name, world, machines)) {
                return Optional.empty();
            }
        }
        Set<String> taken = new TreeSet<>();
        for (Name name : target.except()) {
            if (!add(name, world, taken)) {
                return Optional.empty();
            }
        }
        machines.removeAll(taken);
        return Optional.of(machines);
    }

    /** {@return the machines of a target, if it is known before the run that it is all of these} */
    static Optional<Set<String>> all(Target target, World world) {
        return named(target, world).filter(machines -> target.pick().of(machines.size()) == machines.size());
    }

    /** {@return whether the machines are known before the run; adds them to {@code machines}} */
    private static boolean add(Name name, World world, Set<String> machines) {
        return switch (name) {
            case Name.All() -> {
                machines.addAll(world.machines());
                yield true;
            }
            case Name.Nobody() -> true;
            case Name.LastRestarted() -> false;
            case Name.HoldersOf(String _), Name.Behind(NatKind _) -> false;
            case Name.Group(String group) -> {
                machines.addAll(world.group(group));
                yield true;
            }
            case Name.One(String machine) -> {
                machines.add(machine);
                yield true;
            }
        };
    }

    private static void check(Name name, Mark mark, World world) {
        switch (name) {
            case Name.All(), Name.Nobody(), Name.LastRestarted() -> {
                // They exist.
            }
            case Name.HoldersOf(String object) -> world.requireObject(object, mark);
            case Name.Behind(NatKind nat) -> world.requireNat(nat.word(), mark);
            case Name.Group(String group) -> world.requireGroup(group, mark);
            case Name.One(String machine) -> world.requireMachine(machine, mark);
        }
    }
}
