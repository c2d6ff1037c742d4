package net.pangea.sim.verbs;

import java.util.List;
import java.util.Set;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** What was deleted does not come back. */
final class DeletedStaysDeleted implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "deleted-stays-deleted",
                    "What a delete was acknowledged for can be read through no machine after the run, and no machine"
                            + " that runs then holds a shard of it."),
            "{finally: [deleted-stays-deleted]}",
            Place.EVENTUALLY,
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private long readable;
            private String first = "";

            @Override
            public void gotDeleted(GetDone get) {
                if (!(get.result() instanceof GetDone.Result.Failed) && readable++ == 0) {
                    first = get.object().words() + " can still be read through " + get.node();
                }
            }

            @Override
            public Standing standing() {
                return readable == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                if (readable > 0) {
                    return Ruling.fail(readable + " deleted files came back, first " + first);
                }
                for (Acknowledged object : ending.deleted()) {
                    Set<String> holders =
                            ending.shards().holdersOf(List.of(object.handle().id()));
                    for (String machine : ending.up()) {
                        if (holders.contains(machine)) {
                            return Ruling.fail(object.words() + " was deleted, and " + machine + " holds shards of it");
                        }
                    }
                }
                return ending.deleted().isEmpty()
                        ? Ruling.fail("no delete was ever acknowledged, so nothing was shown")
                        : Ruling.pass("all " + ending.deleted().size() + " deleted files are gone");
            }
        };
    }
}
