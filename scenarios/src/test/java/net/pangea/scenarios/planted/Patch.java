package net.pangea.scenarios.planted;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a source file, and those that take their place.
 *
 * @param find lines as they stand in the file, but for a common indent
 * @param replace what stands there instead, indented alike; may be empty
 */
record Patch(String find, String replace) {

    /** The source file is not the one that the patch was made for. */
    static final class Stale extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Stale(String message) {
            super(message);
        }
    }

    /**
     * {@return the source with the replacement}
     *
     * @throws Stale unless the lines to find are there exactly once
     */
    String apply(String source) {
        List<String> lines = source.lines().toList();
        List<String> wanted = find.lines().toList();
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + wanted.size() <= lines.size(); at++) {
            if (isAt(lines, at, wanted)) {
                places.add(at);
            }
        }
        if (places.size() != 1) {
            throw new Stale("these lines are there " + places.size() + " times, not once:\n" + find);
        }
        int at = places.getFirst();
        String indent = indentOf(lines.get(at), wanted.getFirst());
        List<String> patched = new ArrayList<>(lines.subList(0, at));
        replace.lines().map(line -> line.isEmpty() ? line : indent + line).forEach(patched::add);
        patched.addAll(lines.subList(at + wanted.size(), lines.size()));
        return String.join("\n", patched) + "\n";
    }

    private static boolean isAt(List<String> lines, int at, List<String> wanted) {
        if (wanted.isEmpty() || !lines.get(at).endsWith(wanted.getFirst())) {
            return false;
        }
        String indent = indentOf(lines.get(at), wanted.getFirst());
        for (int i = 0; i < wanted.size(); i++) {
            String line = wanted.get(i).isEmpty() ? "" : indent + wanted.get(i);
            if (!lines.get(at + i).equals(line)) {
                return false;
            }
        }
        return indent.isBlank();
    }

    private static String indentOf(String line, String wanted) {
        return line.substring(0, line.length() - wanted.length());
    }
}
