package net.pangea.sim.jqwik;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Lets {@code -Dpangea.scenario-tries=N} try a property with N scenarios in place of the few that the suite has time for. */
final class Tries implements AroundPropertyHook {
    private static final int WANTED = Integer.getInteger("pangea.scenario-tries", 0);

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        if (WANTED > 0) {
            context.attributes().setTries(WANTED);
        }
        return property.execute();
    }
}
