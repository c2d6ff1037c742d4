package net.pangea.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import net.pangea.keys.KeyFailure;
import net.pangea.keys.KeyFile;
import net.pangea.keys.KeyText;
import net.pangea.keys.Keys;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.system.SystemMachine;
import net.pangea.store.LogStore;
import net.pangea.store.StoreSettings;

/** {@code pangea keys}: takes the keys of a node out of its data folder, and into another. */
final class KeysVerb implements Verb {
    private static final String DATA = "--data";

    /** A line of keys has 158 characters; what is much longer is another file. */
    private static final int LINE_MAX = 1_024;

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public String usage() {
        return """
                keys export|import FILE --data DIR

                export writes the keys of the node with this data folder into a new file that nobody else may
                read, as one line of text: whoever has it can read and delete all that the node's owner stores,
                and without it nobody can once the folder is lost. import takes such a line into a data folder
                that has no other keys; its node must not run.
                  --data DIR        the data folder of the node
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Words words = Words.of(arguments, synopsis(), List.of(DATA), List.of());
        List<String> plain = words.plain(2, 2);
        Path file = PutVerb.path(plain.getLast());
        Path data = PutVerb.path(words.required(DATA));
        switch (plain.getFirst()) {
            case "export" -> export(file, data, terminal);
            case "import" -> importInto(data, file, terminal);
            default -> throw words.wrong("'" + plain.getFirst() + "' is neither export nor import");
        }
        return 0;
    }

    private static void export(Path file, Path data, Terminal terminal) {
        if (!Files.isDirectory(data)) {
            throw new OperationFailure("no keys", DATA + " " + data + ": there is no such folder");
        }
        Keys keys;
        // Not locked: the node may run, and its keys never change.
        try (SystemMachine machine = SystemMachine.start("keys", data, _ -> {})) {
            keys = new KeyFile(machine.disk())
                    .load()
                    .orElseThrow(() -> new OperationFailure(
                            "no keys", DATA + " " + data + " has none; a node draws them when it first starts"));
        }
        writePrivate(file, KeyText.of(keys) + "\n");
        terminal.print(
                "exported the keys of owner " + keys.master().signingKey().id().hex() + " to " + file);
    }

    private static void writePrivate(Path file, String text) {
        boolean written = false;
        boolean made = false;
        try (FileChannel channel = openPrivate(file)) {
            made = true;
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.force(true);
            written = true;
        } catch (FileAlreadyExistsException e) {
            throw new OperationFailure("unwritable destination", file + ": it is there already; choose another name");
        } catch (NoSuchFileException e) {
            throw new OperationFailure("unwritable destination", file + ": there is no such folder; make it first");
        } catch (UnsupportedOperationException e) {
            throw new OperationFailure(
                    "unwritable destination",
                    file + ": this file system cannot keep it from other users; choose a folder on another");
        } catch (IOException e) {
            throw new OperationFailure("unwritable destination", file + ": " + e.getMessage());
        } finally {
            if (made && !written) {
                deleteIfThere(file);
            }
        }
    }

    private static FileChannel openPrivate(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // Some file systems take permissions and forget them.
        if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------")) {
            channel.close();
            deleteIfThere(file);
            throw new UnsupportedOperationException("permissions are not kept");
        }
        return channel;
    }

    private static void deleteIfThere(Path file) {
        try {
            boolean _ = Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // the failure that led here is told
        }
    }

    private static void importInto(Path data, Path file, Terminal terminal) {
        Keys keys = read(file);
        try (SystemMachine machine = SystemMachine.start("keys", data, _ -> {});
                Disk.Lock _ = LogStore.lock(machine.disk(), StoreSettings.DEFAULT)) {
            new KeyFile(machine.disk()).importKeys(keys);
        } catch (DiskFailure e) {
            throw new OperationFailure(
                    e.kind() == DiskFailure.Kind.LOCKED ? "node running" : "unwritable data folder",
                    DATA + " " + data + ": "
                            + (e.kind() == DiskFailure.Kind.LOCKED
                                    ? "a node uses it now; stop it first"
                                    : e.getMessage()));
        }
        terminal.print(
                "imported the keys of owner " + keys.master().signingKey().id().hex() + " into " + data);
    }

    /** {@return the keys whose line is in a file} */
    static Keys read(Path file) {
        try {
            if (Files.size(file) > LINE_MAX) {
                throw new OperationFailure("bad keys", file + ": it is longer than exported keys can be");
            }
            return KeyText.parse(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            throw new OperationFailure("unreadable source", file + ": there is no such file");
        } catch (IOException e) {
            throw new OperationFailure("unreadable source", file + ": it cannot be read: " + e.getMessage());
        } catch (KeyFailure e) {
            throw new OperationFailure("bad keys", file + ": " + e.getMessage());
        }
    }
}
