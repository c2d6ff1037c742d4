package net.pangea.sim.scenario;

/** Two sets of machines, for instance those that a partition separates. */
public record Sides(Target one, Target other) {}
