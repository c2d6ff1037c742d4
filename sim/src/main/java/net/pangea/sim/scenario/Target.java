package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pangea.machine.RandomStream;

/**
 * Machines in words: {@code all}, a group, {@code home/3}, {@code holders-of docs}, {@code behind symmetric}, {@code last-restarted},
 * several of these, a number or a share of them, and {@code except}.
 *
 * @param pick how many of {@code names}
 * @param names united
 * @param except taken away before picking
 */
public record Target(Pick pick, List<Name> names, List<Name> except) {

    public Target {
        names = List.copyOf(names);
        except = List.copyOf(except);
    }

    /** One word, or two, that names machines. */
    public sealed interface Name {
        record All() implements Name {}

        record Nobody() implements Name {}

        record LastRestarted() implements Name {}

        record Group(String name) implements Name {}

        record One(String machine) implements Name {}

        record HoldersOf(String object) implements Name {}

        record Behind(NatKind nat) implements Name {}
    }

    /** How many of the machines that are named. */
    public sealed interface Pick {

        /** {@return how many of so many machines} */
        default long of(int machines) {
            return switch (this) {
                case Everyone() -> machines;
                case Count(long wanted) -> Math.min(wanted, machines);
                case Share(long perMillion) -> Math.ceilDiv(machines * perMillion, 1_000_000);
            };
        }

        record Everyone() implements Pick {}

        record Count(long machines) implements Pick {}

        /** At least one, if there are any. */
        record Share(long perMillion) implements Pick {}
    }

    /** {@return exactly these machines; none is {@code nobody}} */
    public static Target of(List<String> machines) {
        List<Name> names = machines.isEmpty()
                ? List.of(new Name.Nobody())
                : machines.stream().map(machine -> (Name) new Name.One(machine)).toList();
        return new Target(new Pick.Everyone(), names, List.of());
    }

    /** {@return the machines, in the directory's order; draws only if it must choose} */
    public List<String> resolve(Directory directory, RandomStream random) {
        Set<String> named = new LinkedHashSet<>();
        names.forEach(name -> named.addAll(machines(name, directory)));
        except.forEach(name -> machines(name, directory).forEach(named::remove));
        long wanted = pick.of(named.size());
        if (wanted < named.size()) {
            List<String> drawn = new ArrayList<>(ordered(named, directory));
            random.shuffle(drawn);
            named.retainAll(new LinkedHashSet<>(drawn.subList(0, (int) wanted)));
        }
        return ordered(named, directory);
    }

    private static List<String> ordered(Set<String> named, Directory directory) {
        return directory.machines().stream().filter(named::contains).toList();
    }

    private static List<String> machines(Name name, Directory directory) {
        return switch (name) {
            case Name.All() -> directory.machines();
            case Name.Nobody() -> List.of();
            case Name.LastRestarted() -> directory.lastRestarted().map(List::of).orElse(List.of());
            case Name.Group(String group) -> directory.group(group);
            case Name.One(String machine) -> List.of(machine);
            case Name.HoldersOf(String object) -> directory.holdersOf(object);
            case Name.Behind(NatKind nat) -> directory.behind(nat);
        };
    }

    /** {@return the names of what the machines hold that it names} */
    List<String> objects() {
        return Stream.concat(names.stream(), except.stream())
                .filter(Name.HoldersOf.class::isInstance)
                .map(name -> ((Name.HoldersOf) name).object())
                .toList();
    }

    /** {@return the machines of a target that names each of them} */
    public List<String> machines() {
        List<String> machines = new ArrayList<>();
        for (Name name : names) {
            switch (name) {
                case Name.One(String machine) -> machines.add(machine);
                case Name.Nobody() -> {}
                default -> throw new IllegalStateException("not met yet: " + words());
            }
        }
        return machines;
    }

    /** {@return the machines that are named one by one} */
    List<String> singles() {
        return names.stream()
                .flatMap(name -> name instanceof Name.One(String machine) ? Stream.of(machine) : Stream.of())
                .toList();
    }

    /** {@return this without single machines other than these, and without groups that have none of them} */
    Target restricted(Set<String> machines) {
        List<Name> left = restricted(names, machines);
        return left.isEmpty() ? of(List.of()) : new Target(pick, left, restricted(except, machines));
    }

    private static List<Name> restricted(List<Name> names, Set<String> machines) {
        return names.stream()
                .filter(name -> switch (name) {
                    case Name.One(String machine) -> machines.contains(machine);
                    case Name.Group(String group) ->
                        machines.stream().anyMatch(machine -> machine.startsWith(group + "/"));
                    case Name.All _, Name.Nobody _, Name.LastRestarted _, Name.HoldersOf _, Name.Behind _ -> true;
                })
                .toList();
    }

    /** {@return whether it says that no machine is meant} */
    boolean isNobody() {
        return names.equals(List.of(new Name.Nobody()));
    }

    /** {@return the words that spell it} */
    public String words() {
        String many = switch (pick) {
            case Pick.Everyone() -> "";
            case Pick.Count(long machines) -> machines + " of ";
            case Pick.Share(long perMillion) -> Dimension.SHARE.format(perMillion) + " of ";
        };
        return many + words(names) + (except.isEmpty() ? "" : " except " + words(except));
    }

    private static String words(List<Name> names) {
        return names.stream()
                .map(name -> switch (name) {
                    case Name.All() -> "all";
                    case Name.Nobody() -> "nobody";
                    case Name.LastRestarted() -> "last-restarted";
                    case Name.Group(String group) -> group;
                    case Name.One(String machine) -> machine;
                    case Name.HoldersOf(String object) -> "holders-of " + object;
                    case Name.Behind(NatKind nat) -> "behind " + nat.word();
                })
                .collect(Collectors.joining(" "));
    }
}
