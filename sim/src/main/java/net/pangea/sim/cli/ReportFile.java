package net.pangea.sim.cli;

import java.nio.file.Path;
import java.util.Optional;
import net.pangea.sim.experiment.Witness;
import net.pangea.sim.recording.Recorder;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.report.html.ReportPage;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The page that {@code --report} asks for. */
record ReportFile(Path path) {
    static final String FLAG = "--report";

    static OptionSpec flag() {
        return Flags.flag(
                FLAG, "OUT", "Writes a page with plots to this file, for a browser: of one run, or of the sweep.");
    }

    /** {@return where to, if the arguments say so} */
    static Optional<ReportFile> of(ParseResult arguments) {
        return Flags.value(arguments, FLAG).map(text -> new ReportFile(OutputFile.check(FLAG, text)));
    }

    static Witness witness(Optional<Recorder> recorder) {
        return recorder.map(Witness.class::cast).orElse(Witness.NONE);
    }

    void write(Outcome run, Optional<Recorder> recorder, Terminal terminal) {
        write(ReportPage.of(run, recorder.orElseThrow().recording()), terminal);
    }

    void write(Sweep sweep, Terminal terminal) {
        write(ReportPage.of(sweep), terminal);
    }

    private void write(String page, Terminal terminal) {
        OutputFile.write(path, page);
        terminal.out().println("report: " + path);
    }
}
