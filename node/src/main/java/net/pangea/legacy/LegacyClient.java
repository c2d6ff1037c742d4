package net.pangea.legacy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyFailure.Kind;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.PeerId;

/**
 * Asks peers of the original network, each request over a stream of its own. Any task may call it. Addresses of peers are
 * looked up in the host's book.
 *
 * <p>It does not verify what it fetches: a hash names a file, not a shard of it. Whoever decodes does.
 */
public final class LegacyClient {
    /**
     * The longest answer. Of what is stored over this protocol nothing has more than a MiB, but a node's own user may have
     * put in a file with larger shards; this is what a request may take of memory.
     */
    public static final int MAX_FETCHED_BYTES = 16 << 20;

    /** The longest answer to what is stored: two bytes are right, a few more are read so as to tell them from too many. */
    private static final int MAX_WORD_BYTES = 1 << 10;

    private final Host host;
    private final Clock clock;
    private final Duration patience;

    /** @param patience for one request and its answer, connecting included */
    public LegacyClient(Host host, Clock clock, Duration patience) {
        this.host = host;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * {@return a shard of a file; nothing if the peer has none}
     *
     * @param hash 1 to {@link LegacyRequest#MAX_ID_BYTES} bytes
     * @param index an unsigned number of 32 bits
     * @throws LegacyFailure UNREACHABLE, NOT_SUPPORTED, REFUSED, TOO_LARGE or TOO_SLOW
     */
    public Optional<Bytes> fetchShard(PeerId peer, Bytes hash, long index) throws InterruptedException {
        return fetch(peer, new LegacyRequest.FetchShard(hash, index));
    }

    /**
     * {@return a share; nothing if the peer has none}
     *
     * @param id 1 to {@link LegacyRequest#MAX_ID_BYTES} bytes
     * @throws LegacyFailure as of {@link #fetchShard}
     */
    public Optional<Bytes> fetchShare(PeerId peer, Bytes id) throws InterruptedException {
        return fetch(peer, new LegacyRequest.FetchShare(id));
    }

    /**
     * Has a peer store a shard. When this returns the peer has said that it did.
     *
     * @param data 1 to {@link LegacyRequest#MAX_DATA_BYTES} bytes
     * @throws LegacyFailure UNREACHABLE, NOT_SUPPORTED, REFUSED, NOT_STORED, TOO_LARGE or TOO_SLOW. After REFUSED and TOO_SLOW
     *     it may be stored nevertheless
     */
    public void storeShard(PeerId peer, Bytes hash, long index, Bytes data) throws InterruptedException {
        requireStorable(data);
        store(peer, new LegacyRequest.StoreShard(hash, index, data));
    }

    /**
     * Has a peer store a share, as {@link #storeShard}.
     *
     * @param fromPeer what it is to be labelled with, an unsigned number of 32 bits
     */
    public void storeShare(PeerId peer, Bytes id, long fromPeer, Bytes share) throws InterruptedException {
        requireStorable(share);
        store(peer, new LegacyRequest.StoreShare(id, fromPeer, share));
    }

    /** An original node would store the beginning, and say that it has stored it. */
    private static void requireStorable(Bytes data) {
        if (data.size() > LegacyRequest.MAX_DATA_BYTES) {
            throw new LegacyFailure(
                    Kind.TOO_LARGE,
                    data.size() + " bytes, of which an original node would store the first "
                            + LegacyRequest.MAX_DATA_BYTES);
        }
    }

    private Optional<Bytes> fetch(PeerId peer, LegacyRequest request) throws InterruptedException {
        Bytes answer = ask(peer, request, MAX_FETCHED_BYTES);
        return answer.size() == 0 ? Optional.empty() : Optional.of(answer);
    }

    private void store(PeerId peer, LegacyRequest request) throws InterruptedException {
        Bytes answer = ask(peer, request, MAX_WORD_BYTES);
        if (!answer.equals(LegacyServer.OK)) {
            throw new LegacyFailure(
                    Kind.NOT_STORED, peer + " answered with " + answer.size() + " bytes that are not \"OK\"");
        }
    }

    private Bytes ask(PeerId peer, LegacyRequest request, int maxBytes) throws InterruptedException {
        try {
            return clock.within(patience, () -> answer(peer, request, maxBytes));
        } catch (HostFailure e) {
            throw new LegacyFailure(
                    e.kind() == HostFailure.Kind.NOT_SUPPORTED ? Kind.NOT_SUPPORTED : Kind.UNREACHABLE,
                    String.valueOf(e.getMessage()),
                    e);
        } catch (NetworkFailure e) {
            throw new LegacyFailure(Kind.REFUSED, peer + " broke the stream off: " + e.getMessage(), e);
        } catch (LegacyRefusal e) {
            throw new LegacyFailure(Kind.TOO_LARGE, peer + " answered with more than " + maxBytes + " bytes", e);
        } catch (DeadlineExceeded e) {
            throw new LegacyFailure(Kind.TOO_SLOW, peer + " gave no whole answer within " + patience, e);
        }
    }

    private Bytes answer(PeerId peer, LegacyRequest request, int maxBytes) throws InterruptedException {
        Stream stream = host.open(peer, List.of(LegacyRequest.PROTOCOL));
        boolean done = false;
        try {
            stream.write(request.encode().asBuffer());
            stream.closeOutput();
            Bytes answer = new StreamInput(stream).untilEnd(maxBytes, "answer");
            done = true;
            return answer;
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }
}
