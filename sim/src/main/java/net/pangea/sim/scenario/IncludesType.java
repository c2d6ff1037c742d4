package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that one includes. */
record IncludesType() implements Type<List<Yaml.Scalar>> {
    @Override
    public String words() {
        return "a list of files, such as [profiles/homes.yaml]";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.list(JsonSchema.text());
    }

    @Override
    public List<Yaml.Scalar> read(Yaml yaml) {
        if (!(yaml instanceof Yaml.Items list)) {
            throw new BadInput(yaml.mark(), "expected " + words() + ", found " + yaml.noun());
        }
        List<Yaml.Scalar> files = new ArrayList<>();
        for (Yaml item : list.items()) {
            String name = Type.textOf(item, "the name of a file");
            if (name.contains("$")) {
                throw new BadInput(
                        item.mark(),
                        "files are included before parameters have values; write the name of the file itself");
            }
            files.add(new Yaml.Scalar(name, item.mark()));
        }
        return files;
    }

    @Override
    public Yaml write(List<Yaml.Scalar> value) {
        return new Yaml.Items(List.copyOf(value), Yaml.WRITTEN);
    }
}
