package net.pangea.sim.experiment;

/**
 * A check's verdict.
 *
 * @param name with its place, for instance {@code always no-wrong-bytes}
 * @param about what tells it from others of that name: its keys as written, empty if it has none
 */
public record CheckResult(String name, String about, Ruling.Verdict verdict, String detail) {}
