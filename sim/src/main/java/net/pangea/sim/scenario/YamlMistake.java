package net.pangea.sim.scenario;

import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What a parser of YAML stumbles over, in words of who wrote it: where the mistake is, rather than where it was noticed. */
final class YamlMistake {
    private YamlMistake() {}

    /**
     * {@return the message}
     *
     * @param places makes a place in the file of one of the parser's
     * @param start where to point if the parser does not
     */
    static BadInput of(
            MarkedYamlEngineException e, Function<org.snakeyaml.engine.v2.exceptions.Mark, Mark> places, Mark start) {
        Optional<Mark> began = e.getContextMark().map(places);
        Mark noticed = e.getProblemMark().map(places).or(() -> began).orElse(start);
        String context = e.getContext() == null ? "" : oneLine(e.getContext());
        String problem = oneLine(e.getProblem());
        if (problem.contains("TAB")) {
            return new BadInput(noticed, "here is a tab; indent with blanks");
        }
        if (problem.contains("that cannot start any token")) {
            String character = problem.replaceAll(".*character '(.)'.*", "$1");
            return new BadInput(
                    noticed, "a value does not begin with '" + character + "'; put it in quotes if it is meant");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return new BadInput(
                    noticed,
                    "here is a second ':' in one line; put a value that has one in quotes, or indent the line");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return new BadInput(
                    began.orElse(noticed), "this line has no ': ' between key and value; write for example 'for: 10m'");
        }
        if (context.startsWith("while scanning an alias") || context.startsWith("while scanning an anchor")) {
            return new BadInput(
                    noticed,
                    "'*' and '&' do not begin a value; put it in quotes if it is meant; machines are written 'all'");
        }
        if (context.startsWith("while scanning a quoted scalar") && problem.contains("end of stream")) {
            return new BadInput(began.orElse(noticed), "this quote is not closed");
        }
        if (began.isPresent() && context.startsWith("while parsing a flow")) {
            boolean braces = context.contains("mapping");
            return new BadInput(
                    noticed,
                    "the '" + (braces ? "{" : "[") + "' of line " + began.get().line() + ", column "
                            + began.get().column() + " is not closed before this; write ',' or '"
                            + (braces ? "}" : "]") + "'");
        }
        if (began.isPresent() && problem.contains("<block end>")) {
            return new BadInput(
                    noticed,
                    "this does not belong to what began in line " + began.get().line()
                            + "; indent lines that belong together alike");
        }
        return new BadInput(noticed, "this is not YAML: " + (context.isEmpty() ? "" : context + ", ") + problem);
    }

    static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s+", " ");
    }
}
