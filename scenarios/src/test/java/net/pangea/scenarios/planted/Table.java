package net.pangea.scenarios.planted;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page about planted bugs: written from what is planted and what was measured, so that it says nothing else. Pure. */
final class Table {
    static final Path PAGE = PlantedBug.ROOT.resolve("docs/planted-bugs.md");

    private static final String RESOURCES = "../scenarios/src/test/resources/planted-bugs/";
    private static final String HEAD = """
        # Planted bugs

        Each row is a bug that was put into one class of the node, and what the scenarios said of it. A check that finds none of
        them would be no check. How they are planted says [ARCHITECTURE.md](../ARCHITECTURE.md#planted-bugs), how to add
        one [CONTRIBUTING.md](../CONTRIBUTING.md#planting-a-bug). This page is written by the command that measures them all:

        ```
        ./pangea test -pl scenarios -am -Dtest=PlantedBugsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpangea.planted-bugs=all
        ```

        Seeds are run from 1 on until one fails; the node without the bug passes them. Seconds are those of processor time that the
        runs took together with the start of their JVM, on a computer with two cores that did much other work besides; some
        rows were noted by hand, of runs with the same classes.

        """;

    private Table() {}

    /** {@return the page} */
    static String write(List<PlantedBug> bugs, Map<String, Measurement> measured) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| bug | in | scenario | found by | seeds | seconds |\n|---|---|---|---|---|---|\n");
        for (PlantedBug bug : bugs) {
            for (PlantedBug.Hunt hunt : bug.hunts()) {
                hunt.check().ifPresent(check -> page.append(row(bug, hunt, check, measured)));
            }
        }
        page.append("\n## Not found\n\nThese are not found, and the reason says what would find them.\n\n");
        page.append("| bug | in | scenario | why | seeds | seconds |\n|---|---|---|---|---|---|\n");
        for (PlantedBug bug : bugs) {
            for (PlantedBug.Hunt hunt : bug.hunts()) {
                hunt.why().ifPresent(why -> page.append(row(bug, hunt, why, measured)));
            }
        }
        return page.toString();
    }

    private static String row(PlantedBug bug, PlantedBug.Hunt hunt, String result, Map<String, Measurement> measured) {
        Optional<Measurement> one = Optional.ofNullable(measured.get(Measurement.key(bug.name(), hunt.story())));
        String type = bug.type().substring("net.pangea.".length());
        String cell = hunt.check().isPresent() ? "`" + result + "`" : result;
        return String.join(
                        " | ",
                        "| [" + bug.name() + "](" + RESOURCES + bug.name() + ".yaml): " + bug.says(),
                        "`" + type + "`",
                        "[" + hunt.story() + "](../" + hunt.scenario() + ")",
                        cell,
                        one.map(found -> Integer.toString(found.seeds())).orElse("not measured"),
                        one.map(found -> Long.toString(found.seconds())).orElse("not measured"))
                + " |\n";
    }
}
