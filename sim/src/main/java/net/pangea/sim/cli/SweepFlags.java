package net.pangea.sim.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.host.Stopwatch;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Scenario;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * How many seeds are run.
 *
 * @param jobs JVMs that run seeds at a time; none if this one does
 * @param time after which no further seed is begun
 * @param recheckMillionths so many of a million runs are repeated in a hostile JVM
 * @param limit real time for one seed in a JVM of its own
 * @param results the file to which outcomes are added, and from which those that are known are taken
 */
record SweepFlags(
        Optional<Integer> jobs,
        Optional<Duration> time,
        long recheckMillionths,
        Duration limit,
        Optional<Path> results) {

    private static final int JOBS_MAX = 256;
    private static final long MILLION = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** For one run. */
    static final SweepFlags NONE = new SweepFlags(Optional.empty(), Optional.empty(), 0, LIMIT, Optional.empty());

    static void addTo(CommandSpec spec) {
        spec.addOption(Flags.flag("--jobs", "N", "Runs N seeds at a time, in JVMs of their own that stay warm."))
                .addOption(Flags.flag("--time", "D", "Begins no further seed after this time, for instance 2h."))
                .addOption(Flags.flag(
                        "--recheck",
                        "P",
                        "Repeats so many of the runs in a JVM that differs in everything a run must not depend on, for"
                                + " instance 5%%. Needs --jobs."))
                .addOption(Flags.flag("--limit", "D", "Gives a seed up after so much real time (30m). Needs --jobs."))
                .addOption(Flags.flag(
                        "--results",
                        "OUT",
                        "Adds each outcome of a sweep to this file as it ends, one a line; seeds that are in it already"
                                + " are not run again."));
    }

    /**
     * {@return what these arguments say}
     *
     * @param several whether there is more than one run
     */
    static SweepFlags of(ParseResult arguments, boolean several, Executor executor, Optional<Policy> policy) {
        Optional<String> jobs = Flags.value(arguments, "--jobs");
        Optional<String> recheck = Flags.value(arguments, "--recheck");
        Optional<String> limit = Flags.value(arguments, "--limit");
        for (String flag : List.of("--jobs", "--time", "--recheck", "--limit", "--results")) {
            if (!several && Flags.value(arguments, flag).isPresent()) {
                throw new BadInput(flag + " is for several runs; name them with --seeds");
            }
        }
        if (jobs.isPresent() && policy.isEmpty()) {
            throw new BadInput("--jobs: " + executor.name() + " runs one seed at a time; leave it out");
        }
        for (String flag : List.of("--recheck", "--limit")) {
            if (jobs.isEmpty() && Flags.value(arguments, flag).isPresent()) {
                throw new BadInput(flag + " needs --jobs; write for instance --jobs 2");
            }
        }
        return new SweepFlags(
                jobs.map(SweepFlags::jobs),
                Flags.value(arguments, "--time").map(text -> duration("--time", text)),
                recheck.map(text -> share("--recheck", text)).orElse(0L),
                limit.map(text -> duration("--limit", text)).orElse(LIMIT),
                Flags.value(arguments, "--results").map(text -> OutputFile.check("--results", text)));
    }

    private static int jobs(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > JOBS_MAX) {
            throw new BadInput("--jobs: '" + text + "' is not a number of JVMs from 1 to " + JOBS_MAX);
        }
        return Integer.parseInt(text);
    }

    static Duration duration(String flag, String text) {
        long nanos = Dimension.DURATION.parse(text, problem -> new BadInput(flag + ": " + problem));
        if (nanos <= 0) {
            throw new BadInput(flag + ": '" + text + "' is not a time to come; write for instance 2h");
        }
        return Duration.ofNanos(nanos);
    }

    private static long share(String flag, String text) {
        long share = Dimension.SHARE.parse(text, problem -> new BadInput(flag + ": " + problem));
        if (share < 0 || share > MILLION) {
            throw new BadInput(flag + ": '" + text + "' is not between 0% and 100%");
        }
        return share;
    }

    /** {@return whether a seed is one of those that are repeated: always the same ones} */
    boolean rechecks(long seed) {
        long mixed = (seed + 1) * 0x9e37_79b9_7f4a_7c15L;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 32), MILLION) < recheckMillionths;
    }

    /** {@return whether another seed may begin, of those that begin from now on} */
    BooleanSupplier untilOver() {
        if (time.isEmpty()) {
            return () -> true;
        }
        Stopwatch passed = Stopwatch.started();
        long nanos = time.get().toNanos();
        return () -> passed.nanos() < nanos;
    }

    /** {@return the command that starts a worker of a sweep, in a JVM like this one} */
    static List<String> worker(Scenario scenario, Policy policy) {
        return likeThis(WorkMain.class, WorkMain.arguments(scenario, policy));
    }

    /** {@return the command that starts another main class in a JVM like this one} */
    static List<String> likeThis(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
