package net.pangea.sim.verbs;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import net.pangea.sim.cluster.Wiretap;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** What users store is never readable on its way between nodes. */
final class NoPlaintextOnWire implements Check {
    /** Whose connections carry what users put and get, by design: a node is their own. */
    private static final String CLIENT = "client";

    private static final Verb VERB = Verb.check(
            Shape.of(
                    "no-plaintext-on-wire",
                    "No bytes of the users' files are in what nodes send each other, in streams and datagrams: four"
                            + " pieces of sixteen bytes of each file are looked for, however connections are secured. What"
                            + " a client and its own node say to each other is not looked at."),
            "{always: [no-plaintext-on-wire]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Listener();
    }

    private static final class Listener implements Judge, Wiretap {
        private final PlaintextSearch search = new PlaintextSearch();
        private long bytes;
        private long found;
        private String first = "";

        @Override
        public void putting(byte[] content) {
            search.lookFor(content);
        }

        @Override
        public Optional<Wiretap> wiretap() {
            return Optional.of(this);
        }

        @Override
        public Consumer<ByteBuffer> line(String from, String to) {
            if (from.equals(CLIENT) || to.equals(CLIENT)) {
                return _ -> {};
            }
            Consumer<ByteBuffer> stream = search.stream(() -> {
                if (found++ == 0) {
                    first = "from " + from + " to " + to;
                }
            });
            return carried -> {
                bytes += carried.remaining();
                stream.accept(carried);
            };
        }

        @Override
        public Standing standing() {
            return found == 0 ? Standing.OPEN : Standing.BROKEN;
        }

        @Override
        public Ruling rule(Ending ending) {
            String heard = (bytes >> 10) + " KiB between nodes";
            String sought = search.pieces() + " pieces of the users' files"
                    + (search.leftOut() == 0 ? "" : " (and not for " + search.leftOut() + " more)");
            if (found > 0) {
                return Ruling.fail("pieces of the users' files were readable " + found + " times, first " + first);
            }
            return bytes == 0 || search.pieces() == 0
                    ? Ruling.fail("searched " + heard + " for " + sought + ", so nothing was shown")
                    : Ruling.pass(heard + ", without any of " + sought);
        }
    }
}
