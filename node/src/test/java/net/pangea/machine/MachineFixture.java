package net.pangea.machine;

import java.util.Optional;

/**
 * Makes fresh machines and runs a contract's test on them: as a task of the machine, in whatever time the machine
 * lives in. What the test throws comes out of the call.
 *
 * <p>Machines are made anew by each call and are gone after it. Between two of them, and from a machine to itself, datagrams are neither
 * lost, doubled nor reordered, nobody cuts streams, and a round trip takes milliseconds at most. Disks
 * start empty and work.
 */
public interface MachineFixture {

    /** A test of one machine. */
    @FunctionalInterface
    interface OneMachine {
        void run(Machine machine) throws Exception;
    }

    /** A test of two machines that reach each other; it runs on {@code a}. */
    @FunctionalInterface
    interface TwoMachines {
        void run(Machine a, Machine b) throws Exception;
    }

    /** Runs {@code test} as a task of a fresh machine, until it and the machine's other tasks have ended. */
    void on(OneMachine test) throws Exception;

    /** Runs {@code test} as a task of the first of two fresh machines. */
    void onTwo(TwoMachines test) throws Exception;

    /** {@return the address of {@code machine} at which the fixture's machines reach it} */
    default IpAddress addressOf(Machine machine) {
        return machine.network().addresses().getFirst();
    }

    /** {@return why what is sent to a group reaches no machine here, if so} */
    default Optional<String> withoutGroups(Machine machine) throws InterruptedException {
        return Optional.empty();
    }

    /** {@return an IPv6 address of {@code machine} at which the fixture's machines reach it, if there is one} */
    default Optional<IpAddress> v6AddressOf(Machine machine) {
        return machine.network().addresses().stream()
                .filter(IpAddress.V6.class::isInstance)
                .findFirst();
    }
}
