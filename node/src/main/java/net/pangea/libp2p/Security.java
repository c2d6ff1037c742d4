package net.pangea.libp2p;

import java.util.List;
import net.pangea.libp2p.noise.Noise;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.libp2p.tls.Tls;
import net.pangea.machine.Machine;
import net.pangea.multiformats.IdentityKey;

/** How a connection over TCP is secured. */
public enum Security {
    /** Noise XX. */
    NOISE {
        @Override
        SecurityProtocol protocol(IdentityKey key, List<String> muxers, Machine machine) {
            return new Noise(key, muxers, machine.secrets(), machine.results());
        }
    },

    /** TLS 1.3. */
    TLS {
        @Override
        SecurityProtocol protocol(IdentityKey key, List<String> muxers, Machine machine) {
            return new Tls(key, muxers, machine.clock(), machine.secrets());
        }
    },

    /** Nothing is encrypted and nobody proves anything: for very large simulations, refused by every real machine. */
    PLAINTEXT {
        @Override
        SecurityProtocol protocol(IdentityKey key, List<String> muxers, Machine machine) {
            if (!machine.capabilities().simulated()) {
                throw new IllegalArgumentException("security plaintext is for simulations only: use noise or tls");
            }
            return new Plaintext(key);
        }
    };

    /**
     * {@return this way of securing connections, for one peer}
     *
     * @param muxers the multiplexers to agree on in handshakes that can do that, most liked first
     * @throws IllegalArgumentException if it is not for this kind of machine
     */
    abstract SecurityProtocol protocol(IdentityKey key, List<String> muxers, Machine machine);
}
