package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;

/** {@code true} or {@code false}. */
record FlagType() implements Type<Boolean> {
    @Override
    public String words() {
        return "true or false";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.anyOf(List.of(Map.of("type", "boolean"), JsonSchema.parameter()));
    }

    @Override
    public Boolean read(Yaml yaml) {
        return switch (Type.textOf(yaml, words())) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadInput(yaml.mark(), yaml.noun() + " is neither true nor false; write true or false");
        };
    }

    @Override
    public Yaml write(Boolean value) {
        return Yaml.text(String.valueOf(value));
    }
}
