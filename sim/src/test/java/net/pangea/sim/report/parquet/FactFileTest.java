package net.pangea.sim.report.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactFileTest {
    @TempDir
    private Path folder;

    @Test
    void a_reader_that_shares_no_code_with_the_writer_reads_every_fact() throws IOException {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Optional<Fact.Span> span = i % 2 == 0 ? Optional.empty() : Optional.of(new Fact.Span(i, i + 0.5));
            facts.add(new Fact("über \"alles\".yaml", Long.MAX_VALUE - i, "pass", "gets", span, i / 3.0, "1"));
        }
        Path file = folder.resolve("facts.parquet");

        FactFile.write(file, facts);

        assertThat(read(file)).isEqualTo(facts);
    }

    private static List<Fact> read(Path file) throws IOException {
        List<Fact> facts = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
                RowReader rows = reader.rowReader()) {
            while (rows.hasNext()) {
                rows.next();
                facts.add(new Fact(
                        rows.getString("scenario"),
                        rows.getLong("seed"),
                        rows.getString("verdict"),
                        rows.getString("name"),
                        rows.isNull("from_seconds")
                                ? Optional.empty()
                                : Optional.of(
                                        new Fact.Span(rows.getDouble("from_seconds"), rows.getDouble("to_seconds"))),
                        rows.getDouble("value"),
                        rows.getString("unit")));
            }
        }
        return facts;
    }
}
