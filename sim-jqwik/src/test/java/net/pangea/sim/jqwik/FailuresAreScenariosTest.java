package net.pangea.sim.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is told of a property that fails is a scenario file that fails by itself. */
class FailuresAreScenariosTest {
    private static final String FIGURE = "finally figure {name: puts, below: 1}: ";

    /** A file, indented as jqwik prints it. */
    private static final Pattern PRINTED =
            Pattern.compile("(?s)Sample.*?\\n( +)(pangea: 1\\n.*?seeds: \\{from: \\d+, count: 1\\})");

    @Test
    void the_printed_file_fails_when_it_is_run_by_itself() {
        Told told = told("nobody_ever_stores_anything");

        GeneratedScenario printed = printed(told);
        String message = String.valueOf(told.failure().getMessage());

        assertThat(printed.run().failures()).startsWith(FIGURE).doesNotContain("\n");
        assertThat(message)
                .startsWith(FIGURE)
                .contains("# Save this as scenario.yaml, then: ./pangea run scenario.yaml")
                .endsWith("\n" + printed.text());
    }

    @Test
    void of_what_fails_the_simplest_is_printed_first() {
        GeneratedScenario simplest = printed(told("no_power_is_ever_cut"));
        Resolved resolved = simplest.resolved();

        assertThat(resolved.machines()).hasSize(2);
        assertThat(resolved.workload()).hasSize(1);
        assertThat(resolved.faults()).hasSize(1);
        assertThat(simplest.text())
                .contains("home: {count: 2}\nnode: {shards: 1+1}\n")
                .contains("{at: 15s, crash: {who: 1 of home, power: true, for: 1s}}");
    }

    @Test
    void a_check_that_there_is_not_is_told_with_its_place_and_what_to_write() {
        GeneratedScenario wrong =
                Scenarios.small().expecting("finally", "no-leak").arbitrary().sample();

        assertThatThrownBy(wrong::resolved)
                .isInstanceOf(BadInput.class)
                .hasMessageMatching("(?s)generated.yaml:\\d+:\\d+: .*no-leaks.*");
        assertThatThrownBy(() -> Scenarios.small().expecting("at last", "no-leaks"))
                .hasMessageContaining("[always, sometimes, eventually, finally]");
    }

    private record Told(String printed, Throwable failure) {}

    private static GeneratedScenario printed(Told told) {
        Matcher file = PRINTED.matcher(told.printed());
        assertThat(file.find()).as(told.printed()).isTrue();
        return GeneratedScenario.read(file.group(2).replace("\n" + file.group(1), "\n"));
    }

    private static Told told(String property) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(FailingProperties.class.getName(), property, GeneratedScenario.class.getName()))
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.database", "")
                .build();
        StringBuilder printed = new StringBuilder();
        List<Throwable> failures = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                entry.getKeyValuePairs()
                        .values()
                        .forEach(value -> printed.append(value).append('\n'));
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
            }
        });
        assertThat(failures).hasSize(1);
        return new Told(printed.toString(), failures.getFirst());
    }
}
