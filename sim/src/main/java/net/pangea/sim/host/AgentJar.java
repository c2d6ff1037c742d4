package net.pangea.sim.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link SaltAgent} as the JVM wants an agent: a jar of its own with a manifest. */
final class AgentJar {
    private AgentJar() {}

    static void write(Path file) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", SaltAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String name : List.of("SaltAgent.class", "SaltAgent$Transformer.class")) {
                jar.putNextEntry(new JarEntry("net/pangea/sim/host/" + name));
                try (InputStream bytes = AgentJar.class.getResourceAsStream(name)) {
                    if (bytes == null) {
                        throw new IllegalStateException(name + " is not on the class path");
                    }
                    bytes.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
