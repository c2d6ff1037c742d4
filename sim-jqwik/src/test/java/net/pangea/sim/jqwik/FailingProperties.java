package net.pangea.sim.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Properties that do not hold; run by {@link FailuresAreScenariosTest} alone, since this is not the name of a test. */
class FailingProperties {

    @Provide
    Arbitrary<GeneratedScenario> impatient() {
        return Scenarios.small()
                .expecting("finally", "{figure: {name: puts, below: 1}}")
                .arbitrary();
    }

    @Provide
    Arbitrary<GeneratedScenario> small() {
        return Scenarios.small().arbitrary();
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void nobody_ever_stores_anything(@ForAll("impatient") GeneratedScenario scenario) {
        scenario.run().requirePassed();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.FULL)
    void no_power_is_ever_cut(@ForAll("small") GeneratedScenario scenario) {
        assertThat(scenario.text()).doesNotContain("power: true");
    }
}
