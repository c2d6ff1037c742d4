package net.pangea;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property a seed of its own that its name and one number decide, so that the suite says the same of the
 * same code each time. {@code ./pangea test -Dpangea.property-seed=N} looks elsewhere. jqwik registers this for all
 * tests that have it on their class path.
 */
public final class PropertySeeds implements AroundPropertyHook {
    private static final long ROOT = Long.getLong("pangea.property-seed", 1);

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        if (context.attributes().seed().filter(seed -> !seed.isEmpty()).isEmpty()) {
            long name = context.targetMethod().toString().hashCode();
            context.attributes().setSeed(Long.toString((ROOT << Integer.SIZE) ^ name));
        }
        return property.execute();
    }
}
