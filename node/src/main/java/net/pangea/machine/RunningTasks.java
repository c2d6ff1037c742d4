package net.pangea.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a scope that run, the oldest first. The links are in the tasks: most scopes have one or two, for
 * which a collection would cost more than the tasks themselves. Guarded by the scope's lock.
 */
final class RunningTasks {
    private @Nullable Task<?> oldest;
    private @Nullable Task<?> youngest;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(Task<?> task) {
        Task<?> before = youngest;
        task.older = before;
        if (before == null) {
            oldest = task;
        } else {
            before.younger = task;
        }
        youngest = task;
        size++;
    }

    /** Takes out a task that is in here. */
    void remove(Task<?> task) {
        Task<?> before = task.older;
        Task<?> after = task.younger;
        if (before == null) {
            oldest = after;
        } else {
            before.younger = after;
        }
        if (after == null) {
            youngest = before;
        } else {
            after.older = before;
        }
        task.older = null; // an ended task that somebody keeps must not keep the others
        task.younger = null;
        size--;
    }

    List<Task<?>> copy() {
        List<Task<?>> tasks = new ArrayList<>();
        for (Task<?> task = oldest; task != null; task = task.younger) {
            tasks.add(task);
        }
        return tasks;
    }
}
