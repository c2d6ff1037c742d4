package net.pangea.sim.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chromium without a window, where it is installed. It opens a page from the disk, with an ear put before all that is in it and
 * questions after.
 */
record Browser(Path command, Path folder) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long LIMIT_SECONDS = 120;

    /** Whoever complains is heard, from the first script on. */
    private static final String EAR = """
        <script>
        const heard = [];
        let booms = 0;
        function boom() { booms++; }
        addEventListener('error', (event) => heard.push('error: ' + event.message));
        addEventListener('unhandledrejection', (event) => heard.push('rejected: ' + event.reason));
        addEventListener('securitypolicyviolation', (event) => heard.push('policy: ' + event.violatedDirective));
        for (const level of ['warn', 'error']) console[level] = (...words) => heard.push(level + ': ' + words.join(' '));
        </script>
        """;

    private static final String QUESTIONS = """
        <script>
        const values = (series) => (series.data || []).filter((one) => {
          const all = Array.isArray(one) ? one : [one];
          return all.every((value) => value !== null && value !== undefined);
        }).length;
        const charts = {};
        const painted = {};
        for (const [name, chart] of Object.entries(pangeaReport.charts)) {
          charts[name] = chart.getOption().series.map(values);
          const canvas = chart.getDom().querySelector('canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let count = 0;
          for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) count++;
          painted[name] = count;
        }
        const hovered = {};
        for (const [name, seriesIndex] of ASKED) {
          const chart = pangeaReport.charts[name];
          chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: 3 });
          hovered[name] = chart.getDom().innerText.trim();
        }
        const answer = document.createElement('pre');
        answer.id = 'answer';
        answer.textContent = JSON.stringify({ openedMs: pangeaReport.openedMs, heard, booms, charts, painted, hovered,
          words: document.querySelector('main').innerText });
        document.body.append(answer);
        </script>
        """;

    private static final Pattern ANSWER = Pattern.compile("<pre id=\"answer\">(.*?)</pre>", Pattern.DOTALL);

    /** {@return the browser that the shell would find} */
    static Optional<Browser> find(Path folder) {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            for (String name : NAMES) {
                Path command = Path.of(place, name);
                if (!place.isEmpty() && Files.isExecutable(command)) {
                    return Optional.of(new Browser(command, folder));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What it saw.
     *
     * @param answer of the page
     * @param console what came there, a line each
     */
    record Seen(JsonNode answer, List<String> console) {}

    /**
     * {@return what is to see of a page}
     *
     * @param hover over the fourth value of these series, each a chart and a number: a list in JavaScript
     */
    Seen open(String page, String hover) throws IOException, InterruptedException {
        Path file = folder.resolve("page.html");
        Path said = folder.resolve("said");
        Path dump = folder.resolve("dump");
        Files.writeString(
                file,
                page.replaceFirst(
                                "<meta charset=\"utf-8\">", Matcher.quoteReplacement("<meta charset=\"utf-8\">" + EAR))
                        .replace("</body>\n</html>", QUESTIONS.replace("ASKED", hover) + "</body>\n</html>"));
        List<String> line = new ArrayList<>(List.of(
                command.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--window-size=1300,2000",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                file.toUri().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(said.toFile()).redirectOutput(dump.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the browser has not opened a page within " + LIMIT_SECONDS + " s");
        }
        String dom = Files.readString(dump, StandardCharsets.UTF_8);
        Matcher answer = ANSWER.matcher(dom);
        if (!answer.find()) {
            throw new IOException("the page did not answer; the browser said: " + Files.readString(said));
        }
        String json = answer.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", "\u00a0")
                .replace("&amp;", "&");
        List<String> console = Files.readAllLines(said).stream()
                .filter(one -> one.contains("CONSOLE"))
                .toList();
        return new Seen(new ObjectMapper().readTree(json), console);
    }
}
