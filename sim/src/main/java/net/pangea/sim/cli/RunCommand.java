package net.pangea.sim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.recording.Recorder;
import net.pangea.sim.report.Console;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Nearest;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code pangea run FILE}: runs a scenario for one seed or for a sweep of seeds. */
final class RunCommand implements Command {
    private static final String DRY_RUN = "--dry-run";
    private static final String BIG = "--big";
    private static final String SMALL = "--small";

    private final Verbs verbs;
    private final List<Executor> executors;

    RunCommand(Verbs verbs, List<Executor> executors) {
        this.verbs = verbs;
        this.executors = List.copyOf(executors);
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("run");
        spec.usageMessage()
                .description(
                        "Runs a scenario. Exit code 0: every check passed; 1: one failed; 2: bad input, nothing was"
                                + " run; 3: the run was invalid.")
                .customSynopsis("pangea run FILE [--seed N | --seeds A..B|all] [--policy P] [--on E] [--fingerprint F]"
                        + " [--set NAME=VALUE]... [--json OUT] [--report OUT] [--parquet OUT] [--trace OUT] [--pcap OUT]"
                        + " [--jobs N] [--time D] [--recheck P] [--limit D] [--results OUT] [--until PLACE]"
                        + " [--break-at PLACE] [--small] [--dry-run]\n"
                        + "pangea run FOLDER [--seed N | --seeds A..B|all] [--big] ...");
        spec.addPositional(Flags.file("FILE", "The scenario, or a folder with some."))
                .addOption(Flags.flag("--seed", "N", "Runs this seed; else the first of the file's 'seeds'."))
                .addOption(Flags.flag("--seeds", "A..B", "Runs each seed from A to B, or 'all' of the file's 'seeds'."))
                .addOption(Flags.flag("--policy", "P", "Which ready task runs first: fifo (default), random or pct."))
                .addOption(Flags.flag("--on", "E", "Where: sim (default), in virtual time, or local, as processes."))
                .addOption(Flags.flag(
                        "--fingerprint",
                        "F",
                        "Refuses to run if files, code or JDK are others than those of the run that printed it."))
                .addOption(Flags.flag("--json", "OUT", "Writes the outcome to this file."))
                .addOption(Flags.flag("--trace", "OUT", "Writes every event to this file, as JSON lines."))
                .addOption(Flags.flag(
                        "--pcap",
                        "OUT",
                        "Writes every TCP and UDP packet that arrives to this file, as pcapng, for Wireshark."));
        spec.addOption(Flags.settings());
        ReportFiles.flags().forEach(spec::addOption);
        spec.addOption(Flags.lone(
                BIG,
                "Of a folder, runs scenarios of which one seed takes minutes as they are, not their small variants."));
        spec.addOption(Flags.lone(SMALL, "Runs the small variant of a big scenario, of which one seed takes seconds."));
        spec.addOption(Flags.lone(
                DRY_RUN,
                "Runs nothing, but prints what would happen when, and the scenario with all that the seed decides: a"
                        + " file that gives the same run."));
        PlaceFlags.addTo(spec);
        SweepFlags.addTo(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String file = arguments.matchedPositionalValue(0, "");
        if (ScenarioFiles.isFolder(file)) {
            return folder(file, arguments, terminal);
        }
        if (Flags.isGiven(arguments, BIG)) {
            throw new BadInput(BIG + " is for a folder; a file that is named is run");
        }
        Executor executor = executor(Flags.value(arguments, "--on").orElse("sim"));
        Optional<Policy> policy = policy(Flags.value(arguments, "--policy"), executor);
        Optional<Path> json = Flags.value(arguments, "--json").map(text -> OutputFile.check("--json", text));
        ReportFiles reports = ReportFiles.of(arguments);
        Optional<Path> trace =
                optional("--trace", arguments, executor.traces(), executor.name() + " writes no trace; leave it out");
        Optional<Path> pcap = optional(
                "--pcap", arguments, executor.captures(), executor.name() + " captures no packets; leave it out");
        Scenario scenario = scenario(file, arguments);
        List<Long> seeds = Flags.seeds(Flags.value(arguments, "--seed"), Flags.value(arguments, "--seeds"), scenario);
        SweepFlags sweeping = SweepFlags.of(arguments, seeds.size() > 1, executor, policy);
        PlaceFlags places = PlaceFlags.of(arguments, seeds.size() > 1, executor);
        if (places.until().isPresent()) {
            if (json.isPresent()) {
                throw new BadInput("--json: " + PlaceFlags.STOPS + "; leave one out");
            }
            reports.requireNone(PlaceFlags.STOPS);
        }
        OutputFile.requireDifferent(Stream.of(
                        Stream.of(file).map(Path::of),
                        scenario.included().stream().map(Path::of),
                        Stream.of(json, trace, pcap, sweeping.results()).flatMap(Optional::stream),
                        reports.paths())
                .flatMap(paths -> paths));
        if (seeds.size() > 1 && trace.isPresent()) {
            throw new BadInput("--trace writes one run; name it with --seed instead of --seeds");
        }
        if (seeds.size() > 1 && pcap.isPresent()) {
            throw new BadInput("--pcap writes one run; name it with --seed instead of --seeds");
        }
        Optional<Fingerprint> wanted = fingerprint(Flags.value(arguments, "--fingerprint"), seeds);
        // What one seed's draws make impossible must be known before the first seed runs.
        seeds.forEach(seed -> verbs.requireWithinBudget(scenario.resolve(seed)));

        if (Flags.isGiven(arguments, DRY_RUN)) {
            if (seeds.size() > 1) {
                throw new BadInput(DRY_RUN + " is of one run; name it with --seed instead of --seeds");
            }
            reports.requireNone(DRY_RUN + " runs nothing that there would be to tell of");
            Resolved resolved = scenario.resolve(seeds.getFirst());
            Inputs _ = Inputs.read(resolved);
            terminal.out().print(DryRun.of(resolved));
            return 0;
        }
        Console console = new Console(terminal.out(), terminal.interactive());
        Runs runs = new Runs(verbs, scenario, seeds, executor, policy, sweeping, console);
        if (seeds.size() == 1) {
            RunSettings settings = new RunSettings(
                            policy.orElse(Policy.FIFO), trace.map(Path::toString), pcap.map(Path::toString))
                    .at(places.until(), places.breakAt());
            if (places.until().isPresent()) {
                return runs.until(settings, wanted);
            }
            Optional<Recorder> recorder = reports.recorder(scenario.resolve(seeds.getFirst()));
            Outcome run = runs.one(settings, wanted, ReportFiles.witness(recorder));
            json.ifPresent(path -> OutputFile.write(path, OutcomeJson.write(run)));
            reports.write(run, recorder, terminal);
            return run.verdict().exitCode();
        }
        Sweep sweep = runs.all(sweeping.untilOver());
        json.ifPresent(path -> OutputFile.write(path, OutcomeJson.write(sweep)));
        reports.write(sweep, terminal);
        return sweep.verdict().exitCode();
    }

    private Scenario scenario(String file, ParseResult arguments) {
        Scenario asWritten = new Language(verbs.vocabulary()).readFile(file, Flags.settings(arguments));
        if (!Flags.isGiven(arguments, SMALL)) {
            return asWritten;
        }
        return small(asWritten)
                .orElseThrow(() -> new BadInput(
                        SMALL + ": " + file + " has no small variant; its 'seeds' would say what that sets"));
    }

    private static Optional<Scenario> small(Scenario big) {
        return big.small()
                .map(small -> big.language().readFile(big.file(), big.settings().over(small)));
    }

    /** Every scenario of a folder, one after the other; all are read before the first is run. */
    private int folder(String folder, ParseResult arguments, Terminal terminal) {
        List<String> ofOne = new ArrayList<>(
                List.of("--fingerprint", "--json", "--trace", "--pcap", "--until", "--break-at", SMALL, DRY_RUN));
        ofOne.addAll(ReportFiles.FLAGS);
        for (String flag : ofOne) {
            if (Flags.isGiven(arguments, flag)) {
                throw new BadInput(flag + " is of one scenario, and " + folder + " is a folder; name a file in it");
            }
        }
        Executor executor = executor(Flags.value(arguments, "--on").orElse("sim"));
        Optional<Policy> policy = policy(Flags.value(arguments, "--policy"), executor);
        SweepFlags sweeping = SweepFlags.of(arguments, true, executor, policy);
        Console console = new Console(terminal.out(), terminal.interactive());
        List<Runs> all = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Settings settings = Flags.settings(arguments);
        for (String file : ScenarioFiles.of(folder)) {
            Scenario written = new Language(verbs.vocabulary()).readFile(file, settings);
            boolean asWritten = !written.isBig() || Flags.isGiven(arguments, BIG);
            Optional<Scenario> scenario = asWritten ? Optional.of(written) : small(written);
            if (scenario.isEmpty()) {
                leftOut.add(file);
                continue;
            }
            List<Long> seeds =
                    Flags.seeds(Flags.value(arguments, "--seed"), Flags.value(arguments, "--seeds"), scenario.get());
            Scenario chosen = scenario.get();
            seeds.forEach(seed -> verbs.requireWithinBudget(chosen.resolve(seed)));
            all.add(new Runs(verbs, chosen, seeds, executor, policy, sweeping, console));
        }
        BooleanSupplier goesOn = sweeping.untilOver();
        List<Sweep> sweeps = new ArrayList<>();
        for (Runs runs : all) {
            if (sweeps.isEmpty() || goesOn.getAsBoolean()) {
                sweeps.add(runs.all(goesOn));
            }
        }
        console.end(sweeps, leftOut, all.size() - sweeps.size());
        return sweeps.stream()
                .map(Sweep::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.Verdict.PASS)
                .exitCode();
    }

    private static Optional<Fingerprint> fingerprint(Optional<String> text, List<Long> seeds) {
        if (text.isPresent() && seeds.size() > 1) {
            throw new BadInput("--fingerprint is that of one run; name it with --seed instead of --seeds");
        }
        return text.map(spelled -> Fingerprint.parse(spelled)
                .orElseThrow(() -> new BadInput("--fingerprint: '" + spelled
                        + "' is not a fingerprint; copy it from a line that begins with 'again:'")));
    }

    private Executor executor(String name) {
        List<String> names = executors.stream().map(Executor::name).toList();
        return executors.stream()
                .filter(executor -> executor.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new BadInput("--on: there is no executor '" + name + "'" + Nearest.hint(name, names)));
    }

    private static Optional<Policy> policy(Optional<String> word, Executor executor) {
        Set<Policy> known = executor.policies();
        if (word.isEmpty()) {
            return known.isEmpty() ? Optional.empty() : Optional.of(Policy.FIFO);
        }
        Policy policy = Flags.policy(word.get());
        if (!known.contains(policy)) {
            throw new BadInput("--policy: on " + executor.name() + " the operating system schedules; leave it out");
        }
        return Optional.of(policy);
    }

    /** {@return the file of a flag that not every executor knows} */
    private static Optional<Path> optional(String flag, ParseResult arguments, boolean known, String otherwise) {
        Optional<String> text = Flags.value(arguments, flag);
        if (text.isPresent() && !known) {
            throw new BadInput(flag + ": " + otherwise);
        }
        return text.map(path -> OutputFile.check(flag, path));
    }
}
