package net.pangea.sim.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that a page is made of, from the class path. */
final class Assets {
    private static final String WEBJAR = "/META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String CHARTS = "/META-INF/resources/webjars/echarts/%s/echarts.min.js";

    private Assets() {}

    /** {@return a file beside this class} */
    static String read(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** {@return the charting library, of the version that the build has chosen} */
    static String charts() {
        Properties webjar = new Properties();
        try (InputStream in = open(WEBJAR)) {
            webjar.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(CHARTS.replace("%s", webjar.getProperty("version")));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Assets.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return in;
    }
}
