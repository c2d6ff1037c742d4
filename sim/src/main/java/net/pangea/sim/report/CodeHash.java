package net.pangea.sim.report;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.pangea.machine.Machine;
import net.pangea.sim.experiment.Sha256;

/**
 * The classes of the node and of the simulator, as one hash.
 *
 * @param sha256 in hexadecimal
 */
public record CodeHash(String sha256) {

    /** {@return the hash of the classes that run here} Reads them all. */
    public static CodeHash ofThisCode() {
        MessageDigest digest = Sha256.digest();
        for (Class<?> one : List.of(Machine.class, CodeHash.class)) {
            try {
                URI location =
                        one.getProtectionDomain().getCodeSource().getLocation().toURI();
                update(digest, Path.of(location));
            } catch (URISyntaxException | IOException e) {
                throw new IllegalStateException("cannot read the classes around " + one.getName(), e);
            }
        }
        return new CodeHash(HexFormat.of().formatHex(digest.digest()));
    }

    private static void update(MessageDigest digest, Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> walk = Files.walk(place)) {
                for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                    update(digest, place.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            return;
        }
        // Entries, not the file: a jar carries times of building that change nothing.
        try (JarFile jar = new JarFile(place.toFile())) {
            List<String> names = new ArrayList<>();
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().endsWith(".class")) {
                    names.add(entry.getName());
                }
            }
            Collections.sort(names);
            for (String name : names) {
                try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
                    update(digest, name, in.readAllBytes());
                }
            }
        }
    }

    private static void update(MessageDigest digest, String name, byte[] content) {
        if (name.endsWith(".class")) {
            digest.update((name + " " + content.length + " ").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        }
    }
}
