package net.pangea.sim.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.jqwik.GeneratedScenario.Trial;
import net.pangea.sim.scenario.Resolved;

/** Whatever scenario is generated can be run, and a right node passes it. */
@AddLifecycleHook(Tries.class)
class GeneratedScenariosTest {

    @Provide
    Arbitrary<GeneratedScenario> any() {
        return Scenarios.small()
                .withMachines(20)
                .withFaults(10)
                .withDisturbance(120)
                .arbitrary();
    }

    @Provide
    Arbitrary<GeneratedScenario> small() {
        return Scenarios.small().arbitrary();
    }

    @Property(tries = 25)
    void what_is_generated_is_a_file_that_can_be_run_and_says_the_same_when_read_back(
            @ForAll("any") GeneratedScenario scenario) {
        Resolved resolved = scenario.resolved();

        GeneratedScenario written = GeneratedScenario.read(resolved.write());

        assertThat(GeneratedScenario.read(scenario.toString())).isEqualTo(scenario);
        assertThat(written.resolved().write()).isEqualTo(resolved.write());
        assertThat(resolved.machines()).hasSizeBetween(resolved.shards().total(), 20);
    }

    @Property(tries = 3, shrinking = ShrinkingMode.BOUNDED)
    void every_check_passes_and_the_printed_file_is_the_same_run(@ForAll("small") GeneratedScenario scenario) {
        Trial first = scenario.run();
        first.requirePassed();

        Trial again = GeneratedScenario.read(scenario.toString()).run();

        assertThat(again.traceHash()).isEqualTo(first.traceHash());
    }

    @Property(tries = 1, shrinking = ShrinkingMode.BOUNDED)
    void every_check_passes_whichever_task_goes_first(
            @ForAll("small") GeneratedScenario scenario, @ForAll Policy policy) {
        scenario.run(policy).requirePassed();
    }
}
