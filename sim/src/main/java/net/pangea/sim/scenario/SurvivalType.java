package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** A budget of shards, or {@code measure}. */
record SurvivalType() implements Type<Survival> {
    private static final Param<Distribution> SHARDS = Param.required(
            "shards",
            Types.fixed(Dimension.COUNT).from("0").to("255"),
            "How many shards of each stripe faults may take at a time, at most the parity shards.");
    static final Shape SHAPE =
            Shape.of("survives", "The budget: a fault spares the machines that would take more than this.", SHARDS);

    @Override
    public String words() {
        return "a budget such as {shards: 4}, or the word measure";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.anyOf(List.of(JsonSchema.words(List.of("measure")), JsonSchema.part(SHAPE)));
    }

    @Override
    public Survival read(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar) {
            if (!scalar.text().equals("measure")) {
                throw new BadInput(yaml.mark(), scalar.noun() + " is not " + words());
            }
            return new Survival.Measure();
        }
        Distribution shards = SHAPE.read(yaml).get(SHARDS);
        if (!shards.isConstant()) {
            throw new BadInput(yaml.mark(), "the budget is one number for all seeds; write for example {shards: 4}");
        }
        return new Survival.Budget(shards.constant());
    }

    @Override
    public Yaml write(Survival value) {
        return switch (value) {
            case Survival.Measure() -> Yaml.text("measure");
            case Survival.Budget(long shards) ->
                new Arguments(SHAPE, Yaml.WRITTEN)
                        .with(SHARDS, Distribution.always(shards))
                        .write();
        };
    }
}
