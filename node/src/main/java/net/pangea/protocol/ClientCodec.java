package net.pangea.protocol;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.protocol.ProtocolFailure.Kind;

/** The bytes of a client's messages: the type, then the fields. Every message has exactly one encoding. */
public final class ClientCodec implements Codec<ClientMessage> {
    /** Entries on one page of a list: even the longest names make less than a frame of them. */
    public static final int PAGE_MAX = 1_024;

    @Override
    public Bytes encode(ClientMessage message) {
        return ClientMessageWriter.write(message);
    }

    @Override
    public ClientMessage decode(Bytes content) {
        try {
            ByteReader in = new ByteReader(content);
            ClientMessage message = ClientMessageReader.read(in);
            in.end();
            return message;
        } catch (MalformedBytes e) {
            throw new ProtocolFailure(Kind.MALFORMED, "not a message of a client: " + e.getMessage());
        }
    }
}
