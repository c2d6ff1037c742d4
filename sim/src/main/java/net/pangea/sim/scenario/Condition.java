package net.pangea.sim.scenario;

/** What a fault waits for. It is known from what nodes tell, never from their insides. */
public sealed interface Condition {

    /**
     * Some node emits an event, as the check {@code reached} sees it.
     *
     * @param event its name
     */
    record Reached(String event) implements Condition {
        @Override
        public String words() {
            return "{reached: " + event + "}";
        }
    }

    /** {@return what a scenario says for it} */
    String words();
}
