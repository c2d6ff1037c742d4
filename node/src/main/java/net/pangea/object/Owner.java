package net.pangea.object;

import java.security.SecureRandom;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;

/** For whom a node stores: signs in the owner's name and wraps data keys. Any task may use it. */
public final class Owner {
    private final MasterKey master;
    private final SigningKey signing;
    private final SecureRandom secrets;

    public Owner(MasterKey master, SecureRandom secrets) {
        this.master = master;
        this.signing = master.signingKey();
        this.secrets = secrets;
    }

    public OwnerId id() {
        return signing.id();
    }

    SigningKey signing() {
        return signing;
    }

    Bytes wrap(DataKey key, Sha256 placementKey) {
        return master.wrap(key, placementKey, secrets);
    }

    Optional<DataKey> unwrap(Bytes wrapped, Sha256 placementKey) {
        return master.unwrap(wrapped, placementKey, secrets);
    }
}
