package net.pangea.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a verb, told apart: flags with a value, switches without one, and plain words. After {@code --}, all
 * are plain.
 */
final class Words {
    private static final String FLAGS_END = "--";

    private final String synopsis;
    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> flags = new LinkedHashMap<>();

    private Words(String synopsis) {
        this.synopsis = synopsis;
    }

    /**
     * {@return the words of {@code arguments}}
     *
     * @param synopsis of the verb, for messages
     * @param valued flags that have a value
     * @param switches flags that have none
     * @throws UsageError if a flag is unknown, given twice, or lacks its value
     */
    static Words of(List<String> arguments, String synopsis, List<String> valued, List<String> switches) {
        Words words = new Words(synopsis);
        boolean ended = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (ended || !word.startsWith("-")) {
                words.plain.add(word);
            } else if (word.equals(FLAGS_END)) {
                ended = true;
            } else if (switches.contains(word)) {
                words.flag(word, "");
            } else if (!valued.contains(word)) {
                throw words.wrong("unknown argument '" + word + "'");
            } else if (i + 1 == arguments.size()) {
                throw words.wrong(word + " needs a value");
            } else {
                words.flag(word, arguments.get(++i));
            }
        }
        return words;
    }

    private void flag(String flag, String value) {
        if (flags.put(flag, value) != null) {
            throw new UsageError(flag + " is given twice");
        }
    }

    /** {@return the plain words, if there are so many} */
    List<String> plain(int least, int most) {
        if (plain.size() < least) {
            throw wrong("something is missing");
        }
        if (plain.size() > most) {
            throw wrong("'" + plain.get(most) + "' is too much");
        }
        return List.copyOf(plain);
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(flags.get(flag));
    }

    String required(String flag) {
        return value(flag).orElseThrow(() -> wrong(flag + " is missing"));
    }

    boolean has(String flag) {
        return flags.containsKey(flag);
    }

    UsageError wrong(String what) {
        return new UsageError(what + "; usage: " + synopsis);
    }
}
