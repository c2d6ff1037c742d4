package net.pangea.sim.scenario;

import java.util.Map;
import net.pangea.ces.ReedSolomon;

/** Data and parity shards, as in {@code 8+4}. Reed-Solomon over bytes allows 256 in all. */
record ShardsType() implements Type<Shards> {
    private static final int TOTAL_MAX = ReedSolomon.SHARDS_MAX;

    @Override
    public String words() {
        return "data+parity, such as 8+4, both at least 1 and at most " + TOTAL_MAX + " in all";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text("[1-9][0-9]{0,2}\\+[1-9][0-9]{0,2}");
    }

    @Override
    public Shards read(Yaml yaml) {
        String text = Type.textOf(yaml, words());
        if (!text.matches("[1-9][0-9]{0,2}\\+[1-9][0-9]{0,2}")) {
            throw new BadInput(yaml.mark(), "'" + text + "' is not " + words());
        }
        int plus = text.indexOf('+');
        Shards shards =
                new Shards(Integer.parseInt(text.substring(0, plus)), Integer.parseInt(text.substring(plus + 1)));
        if (shards.total() > TOTAL_MAX) {
            throw new BadInput(yaml.mark(), text + " is more than " + TOTAL_MAX + " shards");
        }
        return shards;
    }

    @Override
    public Yaml write(Shards value) {
        return Yaml.text(value.toString());
    }
}
