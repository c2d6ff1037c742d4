package net.pangea.cli;

import static net.pangea.cli.Ran.pangea;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.keys.KeyFile;
import net.pangea.machine.system.SystemMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys outside of a node, and what they bring back. */
@Timeout(60)
class KeysVerbTest {
    @TempDir
    private Path folder;

    @Test
    void keys_and_one_address_bring_everything_back_to_a_wiped_node() throws IOException, InterruptedException {
        Path keys = folder.resolve("my keys");
        Path file = Files.write(folder.resolve("letter.txt"), List.of("dear all,"));
        Path dest = folder.resolve("back.txt");
        try (TestNodes nodes = TestNodes.start(folder.resolve("nodes"), 3)) {
            String[] node = {"--node", nodes.at("node0").toString()};
            String data = nodes.data("node0").toString();
            pangea("put", file.toString(), node[0], node[1]).done();
            pangea("publish", node[0], node[1]).done();
            List<String> before = pangea("list", node[0], node[1]).done();
            String owner = owner(node);
            assertThat(pangea("keys", "export", keys.toString(), "--data", data).done())
                    .containsExactly("exported the keys of owner " + owner + " to " + keys);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rw-------");
            pangea("keys", "import", keys.toString(), "--data", data)
                    .refused(1, "node running: ", "a node uses it now; stop it first");

            nodes.stop("node0");
            wipe(nodes.data("node0"));
            pangea("keys", "import", keys.toString(), "--data", data).done();
            nodes.start("node0");
            assertThat(owner(node)).isEqualTo(owner);
            // A node without objects looks for its catalogue by itself too.
            assertThat(pangea("restore", node[0], node[1]).done())
                    .singleElement()
                    .asString()
                    .matches("restored catalogue number [0-9]+: 1 entries, [01] new here");

            assertThat(pangea("list", node[0], node[1]).done()).isEqualTo(before);
            pangea("get", "letter.txt", dest.toString(), node[0], node[1]).done();
            assertThat(dest).hasSameBinaryContentAs(file);
        }
    }

    private static String owner(String... node) throws InterruptedException {
        return pangea("status", node[0], node[1]).done().stream()
                .filter(line -> line.startsWith("owner"))
                .map(line -> line.substring("owner      ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void other_keys_stay_and_what_is_no_keys_is_named() throws IOException, InterruptedException {
        String a = folder.resolve("a").toString();
        String b = folder.resolve("b").toString();
        String keys = folder.resolve("exported").toString();
        draw(a);
        draw(b);
        pangea("keys", "export", keys, "--data", a).done();
        byte[] before = Files.readAllBytes(Path.of(b, "keys"));

        pangea("keys", "import", keys, "--data", b).refused(1, "pangea keys: other keys: ");
        assertThat(Path.of(b, "keys")).hasBinaryContent(before);
        pangea("keys", "import", keys, "--data", a).done();
        pangea("keys", "export", keys, "--data", a).refused(1, "unwritable destination: ", "there already");
        pangea("keys", "export", folder + "/none/x", "--data", a).refused(1, "there is no such folder");
        pangea("keys", "export", keys + "2", "--data", folder + "/none").refused(1, "no keys: ", "no such folder");
        pangea("keys", "export", keys + "2", "--data", folder.toString()).refused(1, "no keys: ", "has none");
        assertThat(Path.of(keys + "2")).doesNotExist();
        StringBuilder line = new StringBuilder(Files.readString(Path.of(keys)));
        line.setCharAt(20, line.charAt(20) == '0' ? '1' : '0');
        Files.writeString(Path.of(keys), line);
        pangea("keys", "import", keys, "--data", folder + "/c").refused(1, "bad keys: ", "slip in the line");
        assertThat(folder.resolve("c")).doesNotExist();
        pangea("keys", "import", folder + "/none", "--data", a).refused(1, "unreadable source: ");
        pangea("keys", "lose", keys, "--data", a).refused(2, "'lose' is neither export nor import");
        pangea("keys", "export", keys).refused(2, "--data is missing; usage: keys export|import FILE --data DIR");
    }

    private static void draw(String data) {
        try (SystemMachine machine = SystemMachine.start("draw", Path.of(data), _ -> {})) {
            var _ = new KeyFile(machine.disk()).loadOrDraw(machine.secrets());
        }
    }

    private static void wipe(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
