package net.pangea.multiformats;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.Multiaddr.Component;

/** Any addresses: parts of any protocols in any order, with any values. */
final class AddressArbitraries {
    private AddressArbitraries() {}

    static Arbitrary<Multiaddr> addresses() {
        return components()
                .list()
                .ofMinSize(1)
                .ofMaxSize(Multiaddr.MAX_COMPONENTS)
                .map(Multiaddr::of)
                .filter(address -> address.bytes().size() <= Multiaddr.MAX_BYTES);
    }

    private static Arbitrary<Component> components() {
        return Arbitraries.of(AddressProtocol.class)
                .flatMap(protocol -> values(protocol.value()).map(value -> new Component(protocol, value)));
    }

    private static Arbitrary<Bytes> values(AddressValue kind) {
        return switch (kind) {
            case NONE, IP4, IP6, PORT -> bytes(kind.sizeBytes(), kind.sizeBytes());
            case NAME ->
                Arbitraries.strings()
                        .withCharRange('!', '~')
                        .excludeChars('/')
                        .ofMinLength(1)
                        .ofMaxLength(40)
                        .map(Vectors::ascii);
            case PATH -> bytes(1, 60);
            case PEER ->
                Arbitraries.oneOf(
                        bytes(0, 42).map(key -> new Multihash(Multihash.IDENTITY, key).encode()),
                        bytes(0, 9).map(key -> Multihash.of(Sha256.of(key)).encode()));
            case CERTIFICATE_HASH ->
                Combinators.combine(Arbitraries.integers().greaterOrEqual(0), bytes(0, 64))
                        .as((code, digest) -> new Multihash(code, digest).encode());
        };
    }

    private static Arbitrary<Bytes> bytes(int min, int max) {
        return Arbitraries.bytes().list().ofMinSize(min).ofMaxSize(max).map(list -> {
            ByteWriter out = new ByteWriter();
            list.forEach(next -> out.u8(next & 0xff));
            return out.toBytes();
        });
    }
}
