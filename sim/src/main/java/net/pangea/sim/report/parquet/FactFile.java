package net.pangea.sim.report.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import blue.strategic.parquet.Dehydrator;
import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** A Parquet file of facts. */
public final class FactFile {
    private static final String SCENARIO = "scenario";
    private static final String SEED = "seed";
    private static final String VERDICT = "verdict";
    private static final String NAME = "name";
    private static final String FROM = "from_seconds";
    private static final String TO = "to_seconds";
    private static final String VALUE = "value";
    private static final String UNIT = "unit";

    private static final MessageType SCHEMA = Types.buildMessage()
            .required(BINARY)
            .as(stringType())
            .named(SCENARIO)
            .required(INT64)
            .named(SEED)
            .required(BINARY)
            .as(stringType())
            .named(VERDICT)
            .required(BINARY)
            .as(stringType())
            .named(NAME)
            .optional(DOUBLE)
            .named(FROM)
            .optional(DOUBLE)
            .named(TO)
            .required(DOUBLE)
            .named(VALUE)
            .required(BINARY)
            .as(stringType())
            .named(UNIT)
            .named("fact");

    private static final Dehydrator<Fact> WRITE = (fact, row) -> {
        row.write(SCENARIO, fact.scenario());
        row.write(SEED, fact.seed());
        row.write(VERDICT, fact.verdict());
        row.write(NAME, fact.name());
        fact.span().ifPresent(span -> {
            row.write(FROM, span.fromSeconds());
            row.write(TO, span.toSeconds());
        });
        row.write(VALUE, fact.value());
        row.write(UNIT, fact.unit());
    };

    private FactFile() {}

    /**
     * Writes a file, over one that is there.
     *
     * @throws IOException if that cannot be done
     */
    public static void write(Path file, List<Fact> facts) throws IOException {
        try (ParquetWriter<Fact> writer = ParquetWriter.writeFile(SCHEMA, file.toFile(), WRITE)) {
            for (Fact fact : facts) {
                writer.write(fact);
            }
        }
    }
}
