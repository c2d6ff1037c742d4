package net.pangea.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import net.pangea.keys.KeyFile;
import net.pangea.keys.Keys;
import net.pangea.machine.Disk;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

/** Keys that a node has used once are there for ever, wherever its process or the power ended. */
final class KeyFileCrashTest {
    private static final int SEEDS = 50;

    /** Keys that differ from one draw to the next. */
    private static final class Secrets extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient RandomStream stream;

        Secrets(long seed) {
            stream = RandomStream.of(seed, "secrets");
        }

        @Override
        public void nextBytes(byte[] bytes) {
            stream.fill(bytes);
        }
    }

    @Test
    void after_a_power_cut_at_any_point_there_are_whole_keys_or_none() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Optional<Keys> used = Optional.empty();
            for (long pause = 1; used.isEmpty(); pause++) {
                TestDisk test = new TestDisk(seed);
                used = crashWhileDrawing(test, seed, pause);
                test.crashAtPause = Long.MAX_VALUE;
                requireKept(test.afterPowerCut(), used, seed + pause);
            }
        }
    }

    @Test
    void keys_found_after_the_process_ended_at_any_point_survive_the_power_too() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Optional<Keys> used = Optional.empty();
            for (long pause = 1; used.isEmpty(); pause++) {
                TestDisk test = new TestDisk(seed);
                used = crashWhileDrawing(test, seed, pause);
                test.crashAtPause = Long.MAX_VALUE;
                Keys found = new KeyFile(test.afterProcessCrash()).loadOrDraw(new Secrets(seed + 1_000));
                used.ifPresent(keys -> assertThat(found).isEqualTo(keys));
                requireKept(test.afterPowerCut(), Optional.of(found), seed);
            }
        }
    }

    /** {@return the keys, if they were handed out before the crash} */
    private static Optional<Keys> crashWhileDrawing(TestDisk test, long seed, long pause) {
        test.crashAtPause = pause;
        try {
            return Optional.of(new KeyFile(test.start()).loadOrDraw(new Secrets(seed)));
        } catch (TestDisk.Crashed e) {
            return Optional.empty();
        }
    }

    private static void requireKept(Disk disk, Optional<Keys> used, long seed) {
        Keys found = new KeyFile(disk).loadOrDraw(new Secrets(seed + 2_000));
        used.ifPresent(keys -> assertThat(found).isEqualTo(keys));
        assertThat(disk.list("")).containsExactly(KeyFile.NAME);
    }
}
