package net.pangea.sim.experiment;

/**
 * What a check found.
 *
 * @param detail one sentence with the figures or the first violation
 */
public record Ruling(Verdict verdict, String detail) {

    /** How it went. */
    public enum Verdict {
        PASS,
        FAIL,
        /** Something for 'sometimes' was not reached by this run; a sweep decides. */
        UNREACHED,
        /** It did not hold, and the scenario only measures. */
        MEASURED
    }

    public static Ruling pass(String detail) {
        return new Ruling(Verdict.PASS, detail);
    }

    public static Ruling fail(String detail) {
        return new Ruling(Verdict.FAIL, detail);
    }

    public static Ruling unreached(String detail) {
        return new Ruling(Verdict.UNREACHED, detail);
    }
}
