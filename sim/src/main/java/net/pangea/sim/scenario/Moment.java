package net.pangea.sim.scenario;

/** When a quantity that is left to chance is drawn. */
public enum Moment {
    /** Once for the run; only a {@code per-seed} distribution can be written. */
    SEED("once per seed"),
    /** Once for each machine. */
    MACHINE("once per machine"),
    /** For each occurrence of a fault or of a workload. */
    EVENT("for each occurrence"),
    /** For each use: each packet, each disk operation. */
    USE("for each use");

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    /** {@return when, in words} */
    public String words() {
        return words;
    }
}
