package net.pangea.repair;

import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;

/** Tasks that have run when they are started, on the thread that starts them: one order of events, always the same. */
final class InlineTasks implements Tasks {

    @Override
    public Scope open(String name) {
        return new Scope(name, (task, body) -> new Inline(task, body));
    }

    private static final class Inline extends Thread {
        private final Runnable body;

        Inline(String name, Runnable body) {
            super(name);
            this.body = body;
        }

        @Override
        public void start() {
            body.run();
        }
    }
}
