package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.SecureConnection;

/**
 * Where others come in over QUIC: their handshakes are the machine's, which asks the {@link Porter} about each; here their
 * certificates are looked at, and who has proved who he is goes to the {@link Swarm}. Whoever is refused is counted under a
 * reason.
 */
final class QuicDoor {
    private final Scope tasks;
    private final QuicSockets sockets;
    private final QuicUpgrade upgrade;
    private final Swarm swarm;
    private final Porter porter;

    QuicDoor(Scope tasks, QuicSockets sockets, QuicUpgrade upgrade, Swarm swarm, Porter porter) {
        this.tasks = tasks;
        this.sockets = sockets;
        this.upgrade = upgrade;
        this.swarm = swarm;
        this.porter = porter;
    }

    /**
     * Listens at these places.
     *
     * @throws NetworkFailure as {@link net.pangea.machine.Network#quic}; those before it stay open until the sockets are closed
     */
    void open(List<Endpoint> places) {
        List<QuicSocket> opened = new ArrayList<>();
        places.forEach(at -> opened.add(sockets.listen(at)));
        for (QuicSocket socket : opened) {
            var _ = tasks.start("accept QUIC at " + socket.local(), () -> accept(socket));
        }
    }

    private boolean accept(QuicSocket socket) throws InterruptedException {
        try {
            while (true) {
                SecureConnection connection = socket.accept();
                // A task of its own, as signatures are verified, and a processor is not the only one.
                var _ = tasks.start("identify " + connection.remote(), () -> welcome(connection));
            }
        } catch (NetworkFailure e) {
            return true; // The socket was closed.
        }
    }

    private boolean welcome(SecureConnection connection) {
        try {
            Link link = upgrade.accepted(connection);
            swarm.admit(link).ifPresent(reason -> porter.refuse(connection.remote(), reason));
            return true;
        } catch (UpgradeFailure e) {
            porter.refuse(connection.remote(), e.reason());
            return false;
        }
    }
}
