package net.pangea.machine.system;

import java.io.IOException;
import java.nio.file.Path;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;

/** A process that takes a lock, says so, and keeps it until it is killed or its input ends; or says why it cannot. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (SystemMachine machine = SystemMachine.start("holder", Path.of(arguments[0]), event -> {})) {
            Disk.Lock lock = machine.disk().lock("lock");
            System.out.println("held");
            int _ = System.in.read();
            lock.close();
        } catch (DiskFailure e) {
            System.out.println(e.kind());
        }
    }
}
