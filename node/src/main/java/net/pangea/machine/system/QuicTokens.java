package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes who dials prove its address first (Retry, RFC 9000, section 8.1.2) while many handshakes are open: then a flood of
 * forged ones takes no memory, and costs others a round trip.
 *
 * <p>A token is a code over the address, the half minute and the connection id that was dialled, then that id. Used on the
 * socket's loop only.
 */
final class QuicTokens implements QuicTokenHandler {
    private static final int CODE_BYTES = 32;

    /** Of a port and a period. */
    private static final int PLACE_BYTES = Short.BYTES + Long.BYTES;

    /** One round trip has to fit, and the next half minute's check takes this one's too. */
    private static final long PERIOD_NANOS = 30_000_000_000L;

    private final LongSupplier nanoTime;
    private final BooleanSupplier needed;
    private final Mac mac;

    /**
     * Tokens under a key of their own.
     *
     * @param nanoTime a clock that never goes back, in nanoseconds
     * @param needed whether addresses are to be proved now
     */
    QuicTokens(SecureRandom secrets, LongSupplier nanoTime, BooleanSupplier needed) {
        this.nanoTime = nanoTime;
        this.needed = needed;
        byte[] key = new byte[CODE_BYTES];
        secrets.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf dialled, InetSocketAddress address) {
        if (!needed.getAsBoolean()) {
            return false;
        }
        byte[] id = ByteBufUtil.getBytes(dialled);
        ByteBuf _ = out.writeBytes(code(address, id, period())).writeBytes(id);
        return true;
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        byte[] bytes = ByteBufUtil.getBytes(token);
        if (bytes.length <= CODE_BYTES) {
            return -1;
        }
        byte[] code = Arrays.copyOf(bytes, CODE_BYTES);
        byte[] id = Arrays.copyOfRange(bytes, CODE_BYTES, bytes.length);
        boolean valid = MessageDigest.isEqual(code, code(address, id, period()))
                || MessageDigest.isEqual(code, code(address, id, period() - 1));
        return valid ? CODE_BYTES : -1;
    }

    private long period() {
        return Math.floorDiv(nanoTime.getAsLong(), PERIOD_NANOS);
    }

    private byte[] code(InetSocketAddress address, byte[] id, long period) {
        byte[] from = address.getAddress().getAddress();
        mac.update((byte) from.length);
        mac.update(from);
        mac.update(ByteBuffer.allocate(PLACE_BYTES)
                .putShort((short) address.getPort())
                .putLong(period)
                .flip());
        return mac.doFinal(id);
    }

    @Override
    public int maxTokenLength() {
        return CODE_BYTES + Quic.MAX_CONN_ID_LEN;
    }
}
