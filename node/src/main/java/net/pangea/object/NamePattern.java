package net.pangea.object;

import java.util.Locale;

/**
 * What names are searched for: a part of them, or with {@code *} (any characters) and {@code ?} (any one) all of them;
 * whatever the case. Matching takes time in proportion to the lengths multiplied at worst. Pure.
 */
record NamePattern(String text) {
    NamePattern {
        String lower = text.toLowerCase(Locale.ROOT);
        text = lower.indexOf('*') < 0 && lower.indexOf('?') < 0 ? "*" + lower + "*" : lower;
    }

    boolean matches(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int at = 0;
        int in = 0;
        int star = -1;
        int mark = 0;
        while (at < lower.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++; // it stands for nothing, at first
                mark = at;
            } else if (in < text.length() && (text.charAt(in) == '?' || text.charAt(in) == lower.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1; // the last star stands for one character more
                at = ++mark;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }
}
