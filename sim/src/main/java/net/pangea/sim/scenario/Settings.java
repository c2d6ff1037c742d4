package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values that are given from outside in place of what a scenario's file says, by {@code --set}: of parameters, by their names, and
 * of keys, by their paths.
 *
 * @param all in the order given, each name once
 */
public record Settings(List<Setting> all) {
    /** Nothing is set. */
    public static final Settings NONE = new Settings(List.of());

    private static final int CHARACTERS_MAX = 200;
    private static final Pattern SHELL_TAKES_IT_AS_IT_IS = Pattern.compile("[A-Za-z0-9_./=:%+,@-]+");

    public Settings {
        all = List.copyOf(all);
    }

    /**
     * One value.
     *
     * @param name of a parameter, or the keys that lead to a value, with dots between
     */
    public record Setting(String name, String value) {
        @Override
        public String toString() {
            return "--set " + name + "=" + value;
        }
    }

    /**
     * {@return what these texts say, each {@code name=value}}
     *
     * @throws BadInput if one of them is something else
     */
    public static Settings of(List<String> texts) {
        List<Setting> all = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String text : texts) {
            Setting setting = one(text);
            if (!names.add(setting.name)) {
                throw new BadInput("--set: '" + setting.name + "' is set twice; leave one out");
            }
            all.add(setting);
        }
        return new Settings(all);
    }

    private static Setting one(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new BadInput("--set: '" + shown(text) + "' is not NAME=VALUE; write for example --set mean-stay=2h");
        }
        if (text.length() > CHARACTERS_MAX) {
            throw new BadInput("--set: '" + shown(text) + "' is longer than " + CHARACTERS_MAX
                    + " characters; write it into the file");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new BadInput(
                    "--set: '" + shown(text) + "' is more than one line; a value is one word or distribution");
        }
        if (text.contains("$")) {
            throw new BadInput("--set: '" + text + "' has a '$'; write the value itself");
        }
        return new Setting(text.substring(0, equals), text.substring(equals + 1));
    }

    private static String shown(String text) {
        String start = text.substring(0, Math.min(text.length(), CHARACTERS_MAX));
        return start.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@return these, and of {@code others} what is not among these} */
    public Settings over(Settings others) {
        Set<String> names = all.stream().map(Setting::name).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Setting> both = new ArrayList<>(all);
        others.all.stream().filter(other -> !names.contains(other.name)).forEach(both::add);
        return new Settings(both);
    }

    /** {@return each as {@link #of} reads it} */
    public List<String> texts() {
        return all.stream().map(one -> one.name + "=" + one.value).toList();
    }

    /** {@return the flags that give them again, each with a blank before it, for a shell} */
    public String flags() {
        return texts().stream().map(text -> " --set " + quoted(text)).collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return SHELL_TAKES_IT_AS_IT_IS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
