package net.pangea.sim.scenario;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes {@link Yaml} as text: in blocks near the top, in braces below, quoted where YAML would misread it. */
final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./+-](?:[A-Za-z0-9 ./%+_()-]*[A-Za-z0-9./%_+)])?");
    private static final int WIDTH_MAX = 110;

    private YamlWriter() {}

    static String write(Yaml.Mapping document) {
        StringBuilder out = new StringBuilder();
        block(document, 0, out);
        return out.toString();
    }

    private static void block(Yaml.Mapping mapping, int indent, StringBuilder out) {
        for (Yaml.Entry entry : mapping.entries()) {
            out.repeat(' ', indent).append(quoted(entry.key().text())).append(':');
            String flow = flow(entry.value());
            boolean fits = indent > 0 && indent + entry.key().text().length() + flow.length() + 2 <= WIDTH_MAX;
            switch (entry.value()) {
                case Yaml.Mapping inner
                when !fits && !inner.entries().isEmpty() -> {
                    out.append('\n');
                    block(inner, indent + 2, out);
                }
                case Yaml.Items inner
                when !fits && !inner.items().isEmpty() -> {
                    out.append('\n');
                    for (Yaml item : inner.items()) {
                        out.repeat(' ', indent + 2)
                                .append("- ")
                                .append(flow(item))
                                .append('\n');
                    }
                }
                default -> out.append(' ').append(flow).append('\n');
            }
        }
    }

    /** {@return {@code value} in one line} */
    static String flow(Yaml value) {
        return switch (value) {
            case Yaml.Scalar scalar -> quoted(Parameters.escaped(scalar.text()));
            case Yaml.Items items ->
                "[" + joined(items.items().stream().map(YamlWriter::flow).toList()) + "]";
            case Yaml.Mapping mapping ->
                "{"
                        + joined(mapping.entries().stream()
                                .map(entry -> quoted(entry.key().text()) + ": " + flow(entry.value()))
                                .toList())
                        + "}";
        };
    }

    private static String joined(List<String> parts) {
        return parts.stream().collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches()
                && !text.startsWith("- ")
                && !text.equals("-")
                && !text.startsWith("---")
                && !text.startsWith("...")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (point < ' '
                            || point == 0x7f
                            || (point >= 0x80 && point < 0xa0)
                            || point == 0x2028
                            || point == 0x2029
                            || point == 0xfeff) {
                        quoted.append("\\U").append(String.format(Locale.ROOT, "%08x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
