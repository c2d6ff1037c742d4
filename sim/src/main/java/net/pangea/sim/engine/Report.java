package net.pangea.sim.engine;

import java.util.List;

/** Words for what tasks do, for a person who looks for the reason. */
final class Report {
    private static final int FRAMES_MAX = 40;
    private static final int TASKS_MAX = 200;

    private Report() {}

    static String stack(Thread thread) {
        StringBuilder text = new StringBuilder();
        int frames = 0;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frames++ == FRAMES_MAX) {
                text.append("        ...\n");
                break;
            }
            text.append("        at ").append(frame).append('\n');
        }
        return text.toString();
    }

    static String tasks(List<Incarnation> incarnations) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        int left = 0;
        for (Incarnation incarnation : incarnations) {
            for (SimTask task : incarnation.tasks()) {
                if (shown < TASKS_MAX) {
                    text.append("    ").append(task.describe()).append('\n').append(stack(task.thread()));
                    shown++;
                } else {
                    left++;
                }
            }
        }
        return left == 0 ? text.toString() : text + "    and " + left + " more\n";
    }
}
