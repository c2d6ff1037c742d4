package net.pangea.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import net.pangea.keys.KeyFailure.Kind;
import net.pangea.machine.system.SystemMachine;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key file on a real disk; {@code KeyFileCrashTest} takes the power away. */
class KeyFileTest {
    private static final Keys KEYS = Keys.draw(new SeededSecrets(1));
    private static final Keys OTHERS = Keys.draw(new SeededSecrets(2));

    @TempDir
    private Path folder;

    private SystemMachine machine;
    private KeyFile file;

    @BeforeEach
    void start() {
        machine = SystemMachine.start("keys", folder, _ -> {});
        file = new KeyFile(machine.disk());
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private Path path() {
        return folder.resolve(KeyFile.NAME);
    }

    @Test
    void keys_are_drawn_once_and_then_found() {
        assertThat(file.load()).isEmpty();

        Keys drawn = file.loadOrDraw(new SeededSecrets(1));

        assertThat(drawn).isEqualTo(KEYS);
        assertThat(file.loadOrDraw(new SeededSecrets(2))).isEqualTo(drawn);
        assertThat(file.load()).contains(drawn);
        assertThat(machine.disk().list("")).containsExactly(KeyFile.NAME);
    }

    @Test
    void only_the_owner_may_read_it() throws IOException {
        var _ = file.loadOrDraw(new SeededSecrets(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    /** What was written once must be readable for ever. */
    @Test
    void its_bytes_never_change() throws IOException {
        var _ = file.loadOrDraw(new SeededSecrets(1));
        String secrets = KEYS.identitySeed().hex() + KEYS.master().bytes().hex();
        byte[] bytes = Files.readAllBytes(path());

        assertThat(HexFormat.of().formatHex(bytes))
                .startsWith("50474b01" + secrets)
                .hasSize(2 * (4 + 64 + 32));
    }

    @Test
    void keys_are_imported_where_there_are_none_or_the_same() {
        file.importKeys(KEYS);
        file.importKeys(KEYS);

        assertThat(file.load()).contains(KEYS);
    }

    @Test
    void other_keys_are_never_replaced() {
        file.importKeys(KEYS);

        assertFails(() -> file.importKeys(OTHERS), Kind.OTHER_KEYS, "export them first");
        assertThat(file.load()).contains(KEYS);
    }

    @Test
    void any_changed_bit_and_any_other_size_is_one_clear_failure() throws IOException {
        var _ = file.loadOrDraw(new SeededSecrets(1));
        byte[] good = Files.readAllBytes(path());
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            assertUnusable(changed, i < 4 ? Kind.FOREIGN : Kind.DAMAGED);
            assertUnusable(Arrays.copyOf(good, i), Kind.DAMAGED);
        }
        assertUnusable(Arrays.copyOf(good, good.length + 1), Kind.DAMAGED);
        assertUnusable(Arrays.copyOf(good, 1 << 20), Kind.DAMAGED);
        assertUnusable("ssh-ed25519 AAAA".getBytes(StandardCharsets.UTF_8), Kind.FOREIGN);
        Path _ = Files.write(path(), good);
        assertThat(file.load()).contains(KEYS);
    }

    private void assertUnusable(byte[] bytes, Kind kind) throws IOException {
        Path _ = Files.write(path(), bytes);
        assertFails(file::load, kind, "the file keys of the data folder");
        assertFails(() -> file.loadOrDraw(new SeededSecrets(2)), kind, "");
        assertFails(() -> file.importKeys(OTHERS), kind, "");
        assertThat(Files.readAllBytes(path())).isEqualTo(bytes);
    }

    private static void assertFails(ThrowingCallable call, Kind kind, String advice) {
        assertThatExceptionOfType(KeyFailure.class)
                .isThrownBy(call)
                .withMessageContaining(advice)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
