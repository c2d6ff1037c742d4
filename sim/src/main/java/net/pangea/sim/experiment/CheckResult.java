package net.pangea.sim.experiment;

/**
 * A check's verdict.
 *
 * @param name with its place, for instance {@code always no-wrong-bytes}
 */
public record CheckResult(String name, Ruling.Verdict verdict, String detail) {}
