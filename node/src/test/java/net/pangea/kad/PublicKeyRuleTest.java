package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multihash;
import org.junit.jupiter.api.Test;

class PublicKeyRuleTest {
    private static final IdentityKey IDENTITY = IdentityKey.ofSeed(Bytes.wrap(new byte[32]));
    private static final Bytes PUBLIC_KEY = IDENTITY.publicKey().encode();

    @Test
    void under_an_id_only_the_key_is_valid_whose_id_it_is() {
        Bytes other = IdentityKey.ofSeed(HighestWins.text("another seed of 32 bytes........"))
                .publicKey()
                .encode();

        assertThat(isValid(IDENTITY.peerId().bytes(), PUBLIC_KEY)).isTrue();
        assertThat(isValid(Multihash.of(Sha256.of(PUBLIC_KEY)).encode(), PUBLIC_KEY))
                .isTrue();
        assertThat(isValid(IDENTITY.peerId().bytes(), other)).isFalse();
        assertThat(isValid(IDENTITY.peerId().bytes(), Bytes.EMPTY)).isFalse();
        assertThat(isValid(Bytes.EMPTY, PUBLIC_KEY)).isFalse();
    }

    @Test
    void there_is_only_one_so_nothing_supersedes_it() {
        Bytes key = key(IDENTITY.peerId().bytes());

        assertThat(RecordRules.PUBLIC_KEYS.supersedes(key, PUBLIC_KEY, PUBLIC_KEY))
                .isFalse();
    }

    private static boolean isValid(Bytes id, Bytes value) {
        return RecordRules.PUBLIC_KEYS.problem(key(id), value, Instant.EPOCH).isEmpty();
    }

    private static Bytes key(Bytes id) {
        return new ByteWriter().raw(HighestWins.text("/pk/")).raw(id).toBytes();
    }
}
