package net.pangea.cli;

import static net.pangea.cli.Ran.pangea;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ObjectFailure;
import net.pangea.object.PutRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against three nodes on real sockets and files. */
@Timeout(60)
class CommandsTest {
    private static final int SEGMENT = ObjectLimits.SEGMENT_BYTES;

    @TempDir
    private static Path cluster;

    private static TestNodes nodes;

    @TempDir
    private Path folder;

    private Path source;
    private Path dest;

    @BeforeAll
    static void start_nodes() throws IOException, InterruptedException {
        nodes = TestNodes.start(cluster, 3);
    }

    @AfterAll
    static void stop_nodes() {
        nodes.close();
    }

    @BeforeEach
    void make_a_folder() throws IOException {
        source = Files.createDirectory(folder.resolve("from")).resolve("cat photo.jpg");
        dest = Files.createDirectory(folder.resolve("to")).resolve("Katze \u00fc.jpg");
    }

    @Test
    void a_file_is_put_found_got_in_parts_and_deleted() throws IOException, InterruptedException {
        byte[] content = write(source, SEGMENT + 1_000);
        List<String> put = pangea(on0("put", source.toString(), "--name", "holiday/cat", "--pin"))
                .done();
        ObjectRef ref = ObjectRef.parse(put.getFirst()).orElseThrow();

        assertThat(put.subList(1, put.size()))
                .containsExactly(
                        "  holiday/cat, 4.0 MiB: 3 of 3 columns stored on 3 peers in 1 failure domain",
                        "  any 1 peer, or any 0 failure domains, may be lost");
        assertThat(pangea(on0("list")).done())
                .filteredOn(line -> line.endsWith("pinned  holiday/cat"))
                .singleElement()
                .asString()
                .startsWith(ref.id().hex().substring(0, 16) + "    4.0 MiB  ");
        assertThat(pangea(on0("search", "HOLIDAY", "--refs")).done())
                .singleElement()
                .asString()
                .startsWith(ref.text());
        assertThat(pangea(on0("search", "dog")).done()).isEmpty();
        assertThat(pangea(on0("info", "holiday/cat")).done())
                .contains("name       holiday/cat", "reference  " + ref.text(), "size       4.0 MiB (4195304 bytes)")
                .anyMatch(line -> line.startsWith("columns    3 of 3 found, margin 1; "));

        assertThat(pangea(on0("get", "holiday/cat", dest.toString())).done()).containsExactly("got " + dest);
        assertThat(dest).hasBinaryContent(content);
        pangea(
                        "get",
                        ref.text(),
                        dest.toString(),
                        "--force",
                        "--node",
                        nodes.at("node1").toString())
                .done();
        assertThat(dest).hasBinaryContent(content);
        String id = ref.id().hex().substring(0, 16);
        Path part = dest.resolveSibling("part");
        int from = SEGMENT - 10;
        pangea(on0("get", id, part.toString(), "--range", from + "-" + (from + 19)))
                .done();
        assertThat(part).hasBinaryContent(Arrays.copyOfRange(content, from, from + 20));
        pangea(on0("get", id, part.toString(), "--range", SEGMENT + "-", "--force"))
                .done();
        assertThat(part).hasBinaryContent(Arrays.copyOfRange(content, SEGMENT, content.length));
        assertThat(java.util.Objects.requireNonNull(dest.getParent())).isDirectoryNotContaining("glob:**pangea-*");

        assertThat(pangea(on0("unpin", id)).done()).singleElement().asString().startsWith("no longer pinned " + id);
        assertThat(pangea(on0("pin", id)).done()).singleElement().asString().startsWith("pinned " + id);
        assertThat(pangea(on0("renew", id, "--for", "60d")).done())
                .singleElement()
                .asString()
                .startsWith("kept " + id + " holiday/cat until ")
                .endsWith("told");
        assertThat(pangea(on0("delete", "holiday/cat")).done())
                .singleElement()
                .asString()
                .startsWith("deleted " + id + " holiday/cat; ");
        assertThat(pangea(on0("search", "holiday/cat")).done()).isEmpty();
        pangea(on0("get", ref.text(), dest + "2")).refused(1, "pangea get: deleted: ");
    }

    @Test
    void several_files_are_put_and_one_name_of_several_is_asked_about() throws IOException, InterruptedException {
        Path twin = folder.resolve("twin");
        write(twin, 10);
        Path other = Files.createDirectory(folder.resolve("other")).resolve("twin");
        write(other, 0);
        List<String> put = pangea(on0("put", twin.toString(), other.toString())).done();
        List<ObjectRef> refs =
                put.stream().map(ObjectRef::parse).flatMap(Optional::stream).toList();

        assertThat(refs).hasSize(2);
        pangea(on0("get", "twin", dest.toString()))
                .refused(
                        2,
                        "means several objects",
                        refs.getFirst().id().hex().substring(0, 16),
                        refs.getLast().id().hex().substring(0, 16));
        pangea(on0("get", refs.getLast().id().hex(), dest.toString())).done();
        assertThat(dest).isEmptyFile();
        pangea(on0("delete", refs.getFirst().text(), refs.getLast().text())).done();
    }

    @Test
    void a_put_that_was_cut_off_goes_on_when_the_file_is_unchanged() throws IOException, InterruptedException {
        byte[] content = write(source, 6 * SEGMENT + 5);
        cutOffAfter(6); // of which three are on their way

        List<String> put = pangea(on0("put", source.toString())).done();

        assertThat(put.getLast()).isEqualTo("  3 segments had been stored by an earlier attempt");
        pangea(on0("get", put.getFirst(), dest.toString())).done();
        assertThat(dest).hasBinaryContent(content);

        cutOffAfter(6);
        Files.setLastModifiedTime(source, FileTime.fromMillis(1));
        assertThat(pangea(on0("put", source.toString())).done()).hasSize(3).noneMatch(line -> line.contains("earlier"));
    }

    private void cutOffAfter(int segments) throws InterruptedException {
        try (SourceFile file = SourceFile.open(source);
                Client client = client(folder)) {
            String name = source.getFileName().toString();
            PutRequest request = new PutRequest(name, "", file.sizeBytes(), false, Optional.of(file.token(name)));
            int[] left = {segments};
            assertThatThrownBy(() -> client.objects().put(client.node(), request, sizeBytes -> {
                        if (left[0]-- == 0) {
                            throw new IllegalStateException("cut off");
                        }
                        return file.next(sizeBytes);
                    }))
                    .hasMessage("cut off");
        }
    }

    @Test
    void a_get_that_filled_the_disk_leaves_no_destination_and_goes_on() throws IOException, InterruptedException {
        byte[] content = write(source, 2 * SEGMENT + 5);
        ObjectRef ref = put();
        fillUp(ref, SEGMENT + 100);

        assertThat(dest).doesNotExist();
        assertThat(beside()).singleElement().asString().matches("pangea-[0-9a-f]{16}-[0-9a-f]{8}\\.part");
        assertThat(pangea(on0("get", ref.text(), dest.toString())).done())
                .containsExactly("got " + dest + ", of which 4.0 MiB were there from an earlier attempt");
        assertThat(dest).hasBinaryContent(content);
        assertThat(beside()).containsExactly(dest.getFileName().toString());
    }

    @Test
    void what_an_earlier_attempt_left_and_somebody_changed_is_noticed() throws IOException, InterruptedException {
        byte[] content = write(source, 2 * SEGMENT + 5);
        ObjectRef ref = put();
        fillUp(ref, SEGMENT + 100);
        Path part = dest.resolveSibling(beside().getFirst());
        byte[] left = Files.readAllBytes(part);
        left[77] ^= 1;
        Files.write(part, left);

        pangea(on0("get", ref.text(), dest.toString())).refused(1, "damaged object", "has changed; get it again");
        assertThat(beside()).isEmpty();
        pangea(on0("get", ref.text(), dest.toString())).done();
        assertThat(dest).hasBinaryContent(content);
    }

    @Test
    void a_range_that_filled_the_disk_leaves_nothing() throws IOException, InterruptedException {
        write(source, 2 * SEGMENT + 5);
        ObjectRef ref = put();
        try (Client client = client(java.util.Objects.requireNonNull(dest.getParent()))) {
            FullDisk full = new FullDisk(client.disk(), 100);
            assertThatThrownBy(() -> Destination.of(dest, false)
                            .fill(client, ref, Optional.of(GetVerb.range("0-5000000")), full, (_, _) -> {}))
                    .isInstanceOf(ObjectFailure.class)
                    .hasMessageContaining("no space");
        }
        assertThat(beside()).isEmpty();
    }

    private void fillUp(ObjectRef ref, long roomBytes) throws InterruptedException {
        try (Client client = client(java.util.Objects.requireNonNull(dest.getParent()))) {
            FullDisk full = new FullDisk(client.disk(), roomBytes);
            assertThatThrownBy(
                            () -> Destination.of(dest, false).fill(client, ref, Optional.empty(), full, (_, _) -> {}))
                    .isInstanceOfSatisfying(
                            ObjectFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ObjectFailure.Kind.UNWRITABLE_DESTINATION))
                    .hasMessageContaining("no space");
        }
    }

    @Test
    void a_second_get_of_one_destination_is_refused() throws IOException, InterruptedException {
        write(source, 10);
        ObjectRef ref = put();
        try (Client client = client(java.util.Objects.requireNonNull(dest.getParent()))) {
            FullDisk watched = new FullDisk(client.disk(), 100) {
                @Override
                public DiskFile open(String path, Mode mode) {
                    assertThatCode(() -> pangea(on0("get", ref.text(), dest.toString()))
                                    .refused(1, "unwritable destination: ", "another get writes it now"))
                            .doesNotThrowAnyException();
                    return super.open(path, mode);
                }
            };
            assertThat(Destination.of(dest, false).fill(client, ref, Optional.empty(), watched, (_, _) -> {}))
                    .isZero();
        }
        assertThat(dest).hasSize(10);
    }

    @Test
    void what_cannot_be_done_is_one_line_and_leaves_nothing() throws IOException, InterruptedException {
        write(source, 10);
        ObjectRef ref = put();
        String wrongKey = ref.text().substring(0, ref.text().indexOf('#') + 1) + "0".repeat(64);
        String unknown = ref.text().replace(ref.id().hex(), "0".repeat(64));
        String to = dest.toString();

        pangea(on0("get", wrongKey, to))
                .refused(1, "pangea get: wrong key: ", ref.id().hex());
        pangea(on0("get", unknown, to)).refused(1, "pangea get: unknown object: ");
        pangea(on0("get", "no such name", to)).refused(1, "unknown object: 'no such name' is neither");
        pangea(on0("get", ref.text(), to, "--range", "11-12")).refused(1, "pangea get: bad range: ");
        pangea(on0("get", ref.text(), folder.toString())).refused(1, "unwritable destination: ", "it is a folder");
        pangea(on0("get", ref.text(), source.toString())).refused(1, "it is there already", "--force");
        pangea(on0("get", ref.text(), folder + "/none/x")).refused(1, "there is no folder");
        pangea(on0("get", ref.text(), source + "/x")).refused(1, "there is no folder");
        pangea(on0("put", folder + "/none")).refused(1, "unreadable source: ", "there is no such file");
        pangea(on0("put", source.toString(), folder.toString())).refused(1, "unreadable source: ", "it is a folder");
        pangea(on0("delete", "a".repeat(64))).refused(1, "pangea delete: unknown object: ");
        assertThat(beside()).isEmpty();
    }

    @Test
    void a_file_that_changes_while_it_is_put_is_not_stored() throws IOException, InterruptedException {
        write(source, SEGMENT + 10);
        try (SourceFile file = SourceFile.open(source);
                Client client = client(folder)) {
            PutRequest request = PutRequest.of("changing", file.sizeBytes());
            assertThatThrownBy(() -> client.objects().put(client.node(), request, sizeBytes -> {
                        Bytes next = file.next(sizeBytes);
                        change();
                        return next;
                    }))
                    .isInstanceOf(ObjectFailure.class)
                    .hasMessageContaining("it changed while it was read");
        }
        assertThat(pangea(on0("search", "changing")).done()).isEmpty();
    }

    private void change() {
        try {
            Files.setLastModifiedTime(source, FileTime.fromMillis(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_daemon_that_does_not_run_is_named() throws IOException, InterruptedException {
        write(source, 10);
        for (String[] command : List.of(
                new String[] {"status"}, new String[] {"list"}, new String[] {"put", source.toString()}, new String[] {
                    "get", "x", dest.toString()
                })) {
            List<String> words = new ArrayList<>(List.of(command));
            Collections.addAll(words, "--node", "127.0.0.1:1");
            pangea(words.toArray(String[]::new)).refused(1, "node unreachable: 127.0.0.1:1", "is the node running?");
        }
        assertThat(beside()).isEmpty();
    }

    @Test
    void a_node_says_how_it_is() throws InterruptedException {
        assertThat(pangea(on0("status")).done())
                .contains(
                        "node       " + nodes.peer("node0") + " at " + nodes.at("node0"),
                        "peers      3 of 3 healthy",
                        "discovery  mdns off",
                        "legacy     off")
                .anyMatch(line -> line.matches("owner      [0-9a-f]{64}"));
        assertThat(pangea(on0("publish")).done()).singleElement().asString().startsWith("catalogue number ");
    }

    private ObjectRef put() throws InterruptedException {
        return ObjectRef.parse(pangea(on0("put", source.toString())).done().getFirst())
                .orElseThrow();
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> files = Files.list(java.util.Objects.requireNonNull(dest.getParent()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Client client(Path folder) throws InterruptedException {
        return Client.of(
                Words.of(List.of("--node", nodes.at("node0").toString()), "", List.of("--node"), List.of()), folder);
    }

    private static String[] on0(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        Collections.addAll(all, "--node", nodes.at("node0").toString());
        return all.toArray(String[]::new);
    }

    private static byte[] write(Path file, int size) throws IOException {
        byte[] content = new byte[size];
        RandomStream.of(size, "content").fill(content);
        Files.write(file, content);
        return content;
    }
}
