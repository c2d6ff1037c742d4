package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the reference page of the language from the descriptions that the reader itself follows. */
public final class ReferencePage {
    private final StringBuilder out = new StringBuilder();

    private ReferencePage() {}

    /** {@return the page, in Markdown} */
    public static String write(Language language) {
        ReferencePage page = new ReferencePage();
        page.introduction();
        page.structure(language);
        page.verbs(
                "Workloads",
                "Each stands in an entry of `workload`.",
                language.vocabulary().workloads());
        page.verbs(
                "Faults",
                "Each stands in an entry of `faults`.",
                language.vocabulary().faults());
        page.verbs(
                "Checks",
                "Each stands in a list under `expect`.",
                language.vocabulary().checks());
        return page.out.toString().stripTrailing() + "\n";
    }

    private void introduction() {
        out.append("""
                # Scenario reference

                Generated from the code that reads scenarios; a test fails when this page is stale. A key that is not here
                is an error.

                [scenario.schema.json](scenario.schema.json) says the same to editors: one that speaks the YAML language server
                completes and checks a file with `# yaml-language-server: $schema=PATH` as its first line. `./pangea check` knows
                what a schema cannot.

                ## Values

                | kind | units | example |
                |---|---|---|
                """);
        for (Dimension dimension : Dimension.values()) {
            String units = dimension.symbols().stream()
                    .map(unit -> unit.isEmpty() ? "none" : "`" + unit + "`")
                    .collect(Collectors.joining(" "));
            row(dimension.noun(), units, "`" + dimension.example() + "`");
        }
        out.append("""

                Where a key says so, a quantity may be a distribution: `uniform 10ms..50ms`, `exponential 20m` (mean),
                `lognormal 4ms 0.8` (median, sigma), `weibull 0.59 41m` (shape, scale), `pareto 64KiB 1.2` (least, shape),
                `normal 0s 2s` (mean, deviation), `choice 1KiB 1MiB`, `choice 1KiB 20% 1MiB 80%`. `max 16MiB` at the end
                of a continuous one cuts it; what is drawn outside the range of the key counts as its end. `per-seed`
                before any distribution draws once for the whole run, also where a key takes one value only.

                Any value, or a part of one, may be a parameter: `$mean-stay` stands for what `params` says of `mean-stay`, as
                in `weibull 0.59 $mean-stay`, `8+$parity` or `$hurt of home`. A dollar sign in a text is written `$$`.
                `--set mean-stay=2h` gives it another value for one command, and `--set machines.home.count=500` one to
                anything else that the file writes, by the keys that lead there; an entry of a list by its `id`, as in
                `--set faults.outage.at=5m`. What is set is a part of the replay line.

                An included file has any of the keys of a scenario, and may include others. The entries of its lists come behind
                the including file's own, so that those keep the names, and with them the draws, that they have without it; a
                word that stands in both lists counts once. A file that several include counts once, for the first.
                Parameters are those of all files together. What one file lacks another may have, so a schema cannot tell
                whether a key is missing. In the resolved scenario everything is in one file.

                Machines are named by `all`, a group such as `home`, one machine such as `home/3`, `holders-of docs`,
                `behind symmetric` (or another kind of `nat`), `last-restarted`, several of these one after the other,
                `2 of ...`, `10% of ...` (rounded up), and `... except ...`; `nobody` is what a resolved scenario
                says of a fault that met no machine.

                """);
    }

    private void structure(Language language) {
        out.append("## Keys\n");
        Set<Shape> shapes = new LinkedHashSet<>();
        collect(language.shape, shapes);
        List<Shape> ordered = new ArrayList<>(shapes);
        ordered.add(Schedule.SHAPE);
        ordered.add(Schedule.FAULT);
        ordered.add(Schedule.LASTING);
        for (Shape shape : ordered) {
            out.append("\n### ")
                    .append(capital(shape.name()))
                    .append("\n\n")
                    .append(shape.sentence())
                    .append("\n\n");
            table(shape);
        }
        out.append('\n');
    }

    private static void collect(Shape shape, Set<Shape> shapes) {
        if (!shapes.add(shape)) {
            return;
        }
        for (Param<?> param : shape.params()) {
            Type<?> type = param.type() instanceof NamedType<?> named ? named.values() : param.type();
            if (type instanceof ShapeType nested) {
                collect(nested.shape(), shapes);
            } else if (type instanceof SurvivalType) {
                collect(SurvivalType.SHAPE, shapes);
            }
        }
    }

    private void verbs(String title, String sentence, List<Verb> verbs) {
        out.append("## ").append(title).append("\n\n").append(sentence).append('\n');
        for (Verb verb : verbs) {
            out.append("\n### ")
                    .append(verb.name())
                    .append("\n\n")
                    .append(verb.shape().sentence())
                    .append('\n');
            if (!verb.places().isEmpty()) {
                out.append("\nUnder ")
                        .append(verb.places().stream()
                                .map(place -> "`" + place.word() + "`")
                                .collect(Collectors.joining(", ")))
                        .append(".\n");
            }
            out.append("\n```yaml\n").append(verb.example()).append("\n```\n\n");
            table(verb.shape());
        }
        out.append('\n');
    }

    private void table(Shape shape) {
        if (shape.params().isEmpty()) {
            out.append("It has no keys.\n");
            return;
        }
        out.append("| key | value | without it | says |\n|---|---|---|---|\n");
        for (Param<?> param : shape.params()) {
            row("`" + param.name() + "`", param.type().words(), without(param), param.sentence());
        }
        for (Rule rule : shape.rules()) {
            out.append('\n').append(rule.sentence()).append('\n');
        }
    }

    private static <T> String without(Param<T> param) {
        if (param.required()) {
            return "must be written";
        }
        return param.fallback()
                .map(value -> param.type().write(value))
                .map(yaml -> yaml instanceof Yaml.Scalar scalar ? "`" + scalar.text() + "`" : "the defaults")
                .orElse("");
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
