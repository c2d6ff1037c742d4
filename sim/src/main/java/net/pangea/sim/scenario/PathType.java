package net.pangea.sim.scenario;

import java.util.Map;

/** A path relative to the scenario's file, of something that exists. */
record PathType() implements Type<InputPath> {
    @Override
    public String words() {
        return "a file or folder, relative to this file";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.text();
    }

    @Override
    public InputPath read(Yaml yaml) {
        return UserFiles.beside(yaml.mark(), Type.textOf(yaml, words()));
    }

    @Override
    public Yaml write(InputPath value) {
        return Yaml.text(value.text());
    }
}
