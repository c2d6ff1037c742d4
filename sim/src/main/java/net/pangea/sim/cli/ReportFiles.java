package net.pangea.sim.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.sim.experiment.Witness;
import net.pangea.sim.recording.Recorder;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.report.html.ReportPage;
import net.pangea.sim.report.parquet.Fact;
import net.pangea.sim.report.parquet.FactFile;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What is written of a run over time, or of a sweep.
 *
 * @param page for a browser
 * @param parquet figures and series
 */
record ReportFiles(Optional<Path> page, Optional<Path> parquet) {
    private static final String PAGE = "--report";
    private static final String PARQUET = "--parquet";

    /** The flags that ask for them. */
    static final List<String> FLAGS = List.of(PAGE, PARQUET);

    static List<OptionSpec> flags() {
        return List.of(
                Flags.flag(
                        PAGE,
                        "OUT",
                        "Writes a page with plots to this file, for a browser: of a run, or of the sweep."),
                Flags.flag(
                        PARQUET,
                        "OUT",
                        "Writes figures, and of one run its series, to this file, as Parquet, for instance for"
                                + " DuckDB."));
    }

    /** {@return those that the arguments ask for} */
    static ReportFiles of(ParseResult arguments) {
        return new ReportFiles(file(PAGE, arguments), file(PARQUET, arguments));
    }

    private static Optional<Path> file(String flag, ParseResult arguments) {
        return Flags.value(arguments, flag).map(text -> OutputFile.check(flag, text));
    }

    /** {@return where to} */
    Stream<Path> paths() {
        return Stream.of(page, parquet).flatMap(Optional::stream);
    }

    /** Refuses the first that is asked for. */
    void requireNone(String because) {
        page.ifPresent(_ -> refuse(PAGE, because));
        parquet.ifPresent(_ -> refuse(PARQUET, because));
    }

    private static void refuse(String flag, String because) {
        throw new BadInput(flag + ": " + because + "; leave it out");
    }

    /** {@return who has to listen to a run of which something is to be written} */
    Optional<Recorder> recorder(Resolved scenario) {
        return paths().findFirst().map(_ -> new Recorder(scenario));
    }

    static Witness witness(Optional<Recorder> recorder) {
        return recorder.map(Witness.class::cast).orElse(Witness.NONE);
    }

    void write(Outcome run, Optional<Recorder> recorder, Terminal terminal) {
        recorder.map(Recorder::recording).ifPresent(recording -> {
            page.ifPresent(path -> writePage(path, ReportPage.of(run, recording), terminal));
            parquet.ifPresent(path -> OutputFile.write(path, file -> FactFile.write(file, Fact.of(run, recording))));
        });
    }

    void write(Sweep sweep, Terminal terminal) {
        page.ifPresent(path -> writePage(path, ReportPage.of(sweep), terminal));
        parquet.ifPresent(path -> OutputFile.write(path, file -> FactFile.write(file, Fact.of(sweep))));
    }

    private static void writePage(Path path, String content, Terminal terminal) {
        OutputFile.write(path, content);
        terminal.out().println("report: " + path);
    }
}
