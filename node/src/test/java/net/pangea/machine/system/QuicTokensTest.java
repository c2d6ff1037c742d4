package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

class QuicTokensTest {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int CODE_BYTES = 32;

    private final AtomicLong now = new AtomicLong(Duration.ofDays(3).toNanos());
    private final QuicTokens tokens = tokens();

    private QuicTokens tokens() {
        return new QuicTokens(new SecureRandom(), now::get, () -> true);
    }

    private static InetSocketAddress at(int last, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
    }

    private byte[] token(InetSocketAddress address) {
        ByteBuf out = Unpooled.buffer();
        assertThat(tokens.writeToken(out, Unpooled.wrappedBuffer(ID), address)).isTrue();
        return ByteBufUtil.getBytes(out);
    }

    private boolean isValid(byte[] token, InetSocketAddress address) {
        int offset = tokens.validateToken(Unpooled.wrappedBuffer(token), address);
        assertThat(offset).isIn(-1, CODE_BYTES);
        return offset >= 0;
    }

    @Test
    void a_token_leads_back_to_the_connection_id_that_was_dialled() throws Exception {
        byte[] token = token(at(1, 4001));

        assertThat(token).hasSizeLessThanOrEqualTo(tokens.maxTokenLength());
        assertThat(isValid(token, at(1, 4001))).isTrue();
        assertThat(token).endsWith(ID).hasSize(CODE_BYTES + ID.length);
    }

    @Test
    void a_token_is_of_one_address_and_one_port() throws Exception {
        byte[] token = token(at(1, 4001));

        assertThat(isValid(token, at(2, 4001))).isFalse();
        assertThat(isValid(token, at(1, 4002))).isFalse();
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 10, 0, 0, 1};
        assertThat(isValid(token, new InetSocketAddress(InetAddress.getByAddress(mapped), 4001)))
                .isFalse();
    }

    @Test
    void a_token_holds_for_half_a_minute_and_not_for_a_whole_one() throws Exception {
        byte[] token = token(at(1, 4001));

        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(isValid(token, at(1, 4001))).isTrue();
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(isValid(token, at(1, 4001))).isFalse();
    }

    @Test
    void a_clock_that_starts_below_zero_changes_nothing() throws Exception {
        now.set(-1);
        byte[] token = token(at(1, 4001));

        now.set(1);
        assertThat(isValid(token, at(1, 4001))).isTrue();
        now.set(Duration.ofSeconds(30).toNanos());
        assertThat(isValid(token, at(1, 4001))).isFalse();
    }

    @Test
    void what_was_changed_anywhere_is_refused() throws Exception {
        byte[] token = token(at(1, 4001));

        for (int i = 0; i < token.length; i++) {
            byte[] forged = token.clone();
            forged[i] ^= 1;
            assertThat(isValid(forged, at(1, 4001))).as("byte %d", i).isFalse();
        }
    }

    @Test
    void a_token_of_another_socket_is_refused() throws Exception {
        ByteBuf out = Unpooled.buffer();
        assertThat(tokens().writeToken(out, Unpooled.wrappedBuffer(ID), at(1, 4001)))
                .isTrue();

        assertThat(isValid(ByteBufUtil.getBytes(out), at(1, 4001))).isFalse();
    }

    @Test
    void garbage_of_any_length_is_refused() throws Exception {
        for (int length = 0; length <= tokens.maxTokenLength() + 1; length++) {
            byte[] garbage = new byte[length];
            RandomStream.of(length, "garbage").fill(garbage);
            assertThat(isValid(garbage, at(1, 4001))).as("%d bytes", length).isFalse();
        }
    }

    @Test
    void nobody_is_asked_for_one_while_there_is_room() throws Exception {
        ByteBuf out = Unpooled.buffer();
        QuicTokens calm = new QuicTokens(new SecureRandom(), now::get, () -> false);

        assertThat(calm.writeToken(out, Unpooled.wrappedBuffer(ID), at(1, 4001)))
                .isFalse();
        assertThat(out.readableBytes()).isZero();
    }
}
