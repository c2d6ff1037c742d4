package net.pangea.sim.scenario;

import java.util.Map;
import net.pangea.ces.ReedSolomon;

/** How many shards of a stripe. */
record ShardCountType() implements Type<Distribution> {
    private static final QuantityType COUNT =
            Types.fixed(Dimension.COUNT).from("1").to(String.valueOf(ReedSolomon.SHARDS_MAX));

    @Override
    public String words() {
        return COUNT.words();
    }

    @Override
    public Map<String, Object> schema() {
        return COUNT.schema();
    }

    @Override
    public Distribution read(Yaml yaml) {
        return COUNT.read(yaml);
    }

    @Override
    public Yaml write(Distribution value) {
        return COUNT.write(value);
    }

    @Override
    public Distribution draw(Distribution value, Moment moment, Draws draws) {
        return COUNT.draw(value, moment, draws);
    }

    @Override
    public void check(Distribution value, Mark mark, World world) {
        if (value.constant() > world.shards().total()) {
            throw new BadInput(
                    mark,
                    "a stripe of " + world.shards() + " has " + world.shards().total() + " shards; write at most "
                            + world.shards().total());
        }
    }
}
