package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.libp2p.multistream.Multistream;
import net.pangea.libp2p.multistream.NegotiationFailure;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.libp2p.yamux.UnreadBudget;
import net.pangea.libp2p.yamux.YamuxSession;
import net.pangea.machine.Connection;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * Makes a secured connection with streams out of a byte stream (libp2p, connections, "Upgrading connections"): both sides
 * agree on how to secure it, do that, and agree on a multiplexer unless they have on the way. Whatever fails, the byte stream
 * is closed.
 */
final class Upgrade {
    private static final List<String> MUXERS = List.of(YamuxSession.ID);

    private final Map<String, SecurityProtocol> securities = new LinkedHashMap<>();
    private final Machine machine;
    private final HostLimits limits;
    private final UnreadBudget budget;

    /** @throws IllegalArgumentException if one of the settings' securities is not for this kind of machine */
    Upgrade(IdentityKey key, HostSettings settings, Machine machine) {
        for (Security security : settings.securities()) {
            SecurityProtocol protocol = security.protocol(key, MUXERS, machine);
            securities.put(protocol.id(), protocol);
        }
        this.machine = machine;
        this.limits = settings.limits();
        this.budget = new UnreadBudget(limits.unreadBytes());
    }

    /** Upgrades a connection that this side has opened, to reach that peer. */
    Link dialed(Connection raw, PeerId peer, Multiaddr address) throws InterruptedException {
        return closedUnlessMade(raw, () -> {
            String security = Multistream.propose(raw, new ArrayList<>(securities.keySet()));
            Secured secured = named(security).dial(raw, peer);
            if (secured.muxer().isEmpty()) {
                String _ = Multistream.propose(secured.connection(), MUXERS);
            }
            return link(secured, security, address, true);
        });
    }

    /** Upgrades a connection that was accepted. */
    Link accepted(Connection raw) throws InterruptedException {
        return closedUnlessMade(raw, () -> {
            String security = Multistream.answer(raw, securities.keySet());
            Secured secured = named(security).accept(raw);
            if (secured.muxer().isEmpty()) {
                String _ = Multistream.answer(secured.connection(), MUXERS);
            }
            return link(secured, security, Multiaddr.tcp(raw.remote()), false);
        });
    }

    private SecurityProtocol named(String security) {
        SecurityProtocol protocol = securities.get(security);
        if (protocol == null) {
            throw new IllegalStateException(security + " was agreed on and is none of " + securities.keySet());
        }
        return protocol;
    }

    private Link link(Secured secured, String security, Multiaddr address, boolean dialed) {
        Connection connection = secured.connection();
        YamuxSession session = dialed
                ? YamuxSession.dialer(connection, limits.session(), budget)
                : YamuxSession.listener(connection, limits.session(), budget);
        return new Link(
                secured.remote(),
                address,
                dialed,
                security,
                new YamuxCarrier(session),
                machine.clock().nanoTime());
    }

    private interface Steps {
        Link take() throws InterruptedException;
    }

    private static Link closedUnlessMade(Connection raw, Steps steps) throws InterruptedException {
        boolean made = false;
        try {
            Link link = steps.take();
            made = true;
            return link;
        } catch (NegotiationFailure e) {
            throw new UpgradeFailure(
                    switch (e.kind()) {
                        case NOT_SUPPORTED, TOO_MANY_PROPOSALS -> "no common security or multiplexer";
                        case MALFORMED, TOO_LONG -> "not libp2p";
                        case ENDED -> "handshake broken off";
                    },
                    e);
        } catch (SecurityFailure e) {
            throw UpgradeFailure.of(e);
        } catch (NetworkFailure e) {
            throw new UpgradeFailure("handshake broken off", e);
        } finally {
            if (!made) {
                raw.reset();
            }
        }
    }
}
