package net.pangea.kad;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.PublicKey;

/** The namespace {@code /pk/}: under a peer's id its public key, whose hash the id is. There is only one. */
final class PublicKeyRule implements RecordRule {
    private static final Bytes PREFIX = Bytes.wrap("/pk/".getBytes(US_ASCII));
    private static final int SHA_256 = 0x12;

    @Override
    public Optional<String> problem(Bytes key, Bytes value, Instant now) {
        if (!key.startsWith(PREFIX)) {
            return Optional.of("a key that does not begin with /pk/");
        }
        Bytes id = key.slice(PREFIX.size(), key.size());
        return id.equals(hash(value)) || isIdOf(id, value)
                ? Optional.empty()
                : Optional.of("a public key of another peer");
    }

    private static Bytes hash(Bytes value) {
        return new ByteWriter()
                .u8(SHA_256)
                .u8(Sha256.SIZE_BYTES)
                .raw(Sha256.of(value).bytes())
                .toBytes();
    }

    /** A short key is its own id. */
    private static boolean isIdOf(Bytes id, Bytes value) {
        try {
            return PeerId.of(PublicKey.decode(value)).bytes().equals(id);
        } catch (MalformedBytes _) {
            return false;
        }
    }

    @Override
    public boolean supersedes(Bytes key, Bytes value, Bytes other) {
        return false;
    }
}
