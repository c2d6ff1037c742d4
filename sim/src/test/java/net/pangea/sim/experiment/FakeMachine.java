package net.pangea.sim.experiment;

import java.security.SecureRandom;
import net.pangea.machine.Capabilities;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Tasks;

/** A machine with time and tasks and nothing else. */
record FakeMachine(String name, FakeTime time) implements Machine {
    @Override
    public Clock clock() {
        return time;
    }

    @Override
    public Tasks tasks() {
        return time;
    }

    @Override
    public Network network() {
        throw new UnsupportedOperationException("no network");
    }

    @Override
    public Disk disk() {
        throw new UnsupportedOperationException("no disk");
    }

    @Override
    public Events events() {
        return event -> {};
    }

    @Override
    public FaultPoints faults() {
        return point -> false;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(1, 1, 0);
    }

    @Override
    public RandomStream random(String component) {
        return RandomStream.of(0, name, component);
    }

    @Override
    public SecureRandom secrets() {
        throw new UnsupportedOperationException("no secrets");
    }
}
