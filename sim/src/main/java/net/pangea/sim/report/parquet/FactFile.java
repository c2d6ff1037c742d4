package net.pangea.sim.report.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

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

    private FactFile() {}

    /**
     * Writes a file, over one that is there.
     *
     * @throws IOException if that cannot be done
     */
    public static void write(Path file, List<Fact> facts) throws IOException {
        try (ParquetWriter<Fact> writer = new Builder(file).build()) {
            for (Fact fact : facts) {
                writer.write(fact);
            }
        }
    }

    /** Not compressed: words repeat, which the format's dictionaries make small without a native library. */
    private static final class Builder extends ParquetWriter.Builder<Fact, Builder> {
        Builder(Path file) {
            super(new LocalOutputFile(file));
            withConf(new PlainParquetConfiguration());
            withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
            withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Abstract still, though nobody calls it where there is no Hadoop. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Fact> getWriteSupport(Configuration hadoop) {
            return new Rows();
        }

        @Override
        protected WriteSupport<Fact> getWriteSupport(ParquetConfiguration settings) {
            return new Rows();
        }
    }

    /** A fact as a row. */
    private static final class Rows extends WriteSupport<Fact> {
        private @Nullable RecordConsumer row;

        /** Abstract still, though nobody calls it where there is no Hadoop. */
        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration hadoop) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration settings) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            row = consumer;
        }

        @Override
        public void write(Fact fact) {
            RecordConsumer to = row;
            if (to == null) {
                throw new IllegalStateException("nothing to write to");
            }
            to.startMessage();
            text(to, SCENARIO, fact.scenario());
            field(to, SEED, () -> to.addLong(fact.seed()));
            text(to, VERDICT, fact.verdict());
            text(to, NAME, fact.name());
            fact.span().ifPresent(span -> {
                field(to, FROM, () -> to.addDouble(span.fromSeconds()));
                field(to, TO, () -> to.addDouble(span.toSeconds()));
            });
            field(to, VALUE, () -> to.addDouble(fact.value()));
            text(to, UNIT, fact.unit());
            to.endMessage();
        }

        private static void text(RecordConsumer to, String name, String text) {
            field(to, name, () -> to.addBinary(Binary.fromString(text)));
        }

        private static void field(RecordConsumer to, String name, Runnable value) {
            int index = SCHEMA.getFieldIndex(name);
            to.startField(name, index);
            value.run();
            to.endField(name, index);
        }
    }
}
