package net.pangea.sim.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.recording.Recorder;
import net.pangea.sim.report.Console;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Scenario;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code pangea replay OUTCOME}: runs again what {@code --json} or {@code --results} has written, and compares. */
final class ReplayCommand implements Command {
    private final Verbs verbs;
    private final List<Executor> executors;

    ReplayCommand(Verbs verbs, List<Executor> executors) {
        this.verbs = verbs;
        this.executors = List.copyOf(executors);
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("replay");
        spec.usageMessage()
                .description(
                        "Runs again what an outcome tells of, if files, code and JDK are what they were, and compares"
                                + " the traces. Exit code: that of the run; 2: it would be another run; 3: the traces"
                                + " differ.")
                .customSynopsis(
                        "pangea replay OUTCOME [--seed N] [--report OUT] [--parquet OUT] [--trace OUT] [--pcap OUT]"
                                + " [--until PLACE] [--break-at PLACE]");
        ReportFiles.flags().forEach(spec::addOption);
        PlaceFlags.addTo(spec);
        return spec.addPositional(Flags.file("OUTCOME", "What --json has written of a run, or --results of several."))
                .addOption(Flags.flag(
                        "--seed", "N", "Which run, where the file tells of several; else the first that failed."))
                .addOption(Flags.flag("--trace", "OUT", "Writes every event to this file, as JSON lines."))
                .addOption(Flags.flag("--pcap", "OUT", "Writes every TCP and UDP packet to this file, as pcapng."));
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String file = arguments.matchedPositionalValue(0, "");
        Outcome told =
                ToldOutcomes.of(file).one(Flags.value(arguments, "--seed").map(text -> Flags.number("--seed", text)));
        Executor executor = executors.stream()
                .filter(one -> one.name().equals(told.executor()))
                .findFirst()
                .orElseThrow(() -> new BadInput(file + " is of a run on '" + told.executor() + "', which is not here"));
        Policy policy = told.policy()
                .orElseThrow(() -> new BadInput(file + " is of a run on " + told.executor()
                        + ", where the operating system schedules; it cannot be repeated: " + told.replay()));
        ReportFiles reports = ReportFiles.of(arguments);
        Optional<Path> trace = Flags.value(arguments, "--trace").map(text -> OutputFile.check("--trace", text));
        Optional<Path> pcap = Flags.value(arguments, "--pcap").map(text -> OutputFile.check("--pcap", text));
        Scenario scenario = new Language(verbs.vocabulary()).readFile(told.file(), told.settings());
        OutputFile.requireDifferent(Stream.of(
                        Stream.of(file, told.file()).map(Path::of),
                        scenario.included().stream().map(Path::of),
                        Stream.of(trace, pcap).flatMap(Optional::stream),
                        reports.paths())
                .flatMap(paths -> paths));
        PlaceFlags places = PlaceFlags.of(arguments, false, executor);
        if (places.until().isPresent()) {
            reports.requireNone(PlaceFlags.STOPS);
        }
        Console console = new Console(terminal.out(), terminal.interactive());
        Runs runs = new Runs(verbs, scenario, List.of(told.seed()), executor, told.policy(), SweepFlags.NONE, console);
        RunSettings settings = new RunSettings(policy, trace.map(Path::toString), pcap.map(Path::toString))
                .at(places.until(), places.breakAt());
        if (places.until().isPresent()) {
            return runs.until(settings, Optional.of(told.fingerprint()));
        }
        Optional<Recorder> recorder = reports.recorder(scenario.resolve(told.seed()));
        Outcome again = runs.one(settings, Optional.of(told.fingerprint()), ReportFiles.witness(recorder));
        reports.write(again, recorder, terminal);
        if (!again.traceHash().equals(told.traceHash())) {
            terminal.out()
                    .println("DIFFERENT: the trace was " + told.traceHash() + "; './pangea check-determinism "
                            + told.file() + told.settings().flags() + " --seed " + told.seed()
                            + "' looks for the event at which runs part");
            return Outcome.Verdict.INVALID.exitCode();
        }
        terminal.out().println("the same run as in " + file);
        return again.verdict().exitCode();
    }
}
