package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.ObjectRef;
import net.pangea.protocol.ClientMessage.AskStatus;
import net.pangea.protocol.ClientMessage.Changed;
import net.pangea.protocol.ClientMessage.Content;
import net.pangea.protocol.ClientMessage.Continue;
import net.pangea.protocol.ClientMessage.DeleteObject;
import net.pangea.protocol.ClientMessage.DescribeObject;
import net.pangea.protocol.ClientMessage.Described;
import net.pangea.protocol.ClientMessage.Failed;
import net.pangea.protocol.ClientMessage.FindProviders;
import net.pangea.protocol.ClientMessage.GetDone;
import net.pangea.protocol.ClientMessage.GetObject;
import net.pangea.protocol.ClientMessage.ListObjects;
import net.pangea.protocol.ClientMessage.Listed;
import net.pangea.protocol.ClientMessage.LookUp;
import net.pangea.protocol.ClientMessage.LookedUp;
import net.pangea.protocol.ClientMessage.ObjectFound;
import net.pangea.protocol.ClientMessage.PinObject;
import net.pangea.protocol.ClientMessage.Problem;
import net.pangea.protocol.ClientMessage.ProvidersFound;
import net.pangea.protocol.ClientMessage.PublishCatalogue;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.PutDone;
import net.pangea.protocol.ClientMessage.PutObject;
import net.pangea.protocol.ClientMessage.RenewObject;
import net.pangea.protocol.ClientMessage.RestoreCatalogue;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;

/** Writes what a client and its node say to each other. */
final class ClientMessageWriter {
    private ClientMessageWriter() {}

    static Bytes write(ClientMessage message) {
        ByteWriter out = new ByteWriter();
        switch (message) {
            case PutObject(String name, String mediaType, long sizeBytes, boolean pinned, var token) -> {
                out.u8(1).text(name).text(mediaType).u64(sizeBytes);
                optional(flag(out, pinned), token);
            }
            case Content(Bytes bytes) -> out.u8(2).sized(bytes);
            case GetObject(ObjectRef ref, long offset, long length) ->
                ref(out.u8(3), ref).u64(offset).u64(length);
            case ListObjects(String pattern, var after, int max) ->
                optional(out.u8(4).text(pattern), after).u16(max);
            case DeleteObject(Sha256 object) -> out.u8(5).raw(object.bytes());
            case DescribeObject(ObjectRef ref) -> ref(out.u8(6), ref);
            case PinObject(Sha256 object, boolean pinned) -> flag(out.u8(7).raw(object.bytes()), pinned);
            case RenewObject(Sha256 object, long millis) ->
                out.u8(8).raw(object.bytes()).u64(millis);
            case RestoreCatalogue() -> out.u8(9);
            case PublishCatalogue() -> out.u8(10);
            case AskStatus() -> out.u8(11);
            case LookUp(Bytes key) -> out.u8(12).sized(key);
            case FindProviders(Sha256 object) -> out.u8(13).raw(object.bytes());
            case Continue(int sizeBytes) -> out.u8(32).u32(sizeBytes);
            case PutDone done ->
                ref(out.u8(33), done.ref())
                        .u16(done.columnsStored())
                        .u16(done.columns())
                        .u16(done.peers())
                        .u16(done.peersMayBeLost())
                        .u16(done.domains())
                        .u16(done.domainsMayBeLost())
                        .u32(done.segmentsResumed());
            case ObjectFound found ->
                out.u8(34)
                        .text(found.name())
                        .text(found.mediaType())
                        .u64(found.sizeBytes())
                        .raw(found.content().bytes())
                        .u32(found.segmentBytes())
                        .u64(found.createdMillis())
                        .u64(found.length());
            case GetDone() -> out.u8(35);
            case Listed(List<CatalogueEntry> entries, boolean more) -> {
                flag(out.u8(36), more).u16(entries.size());
                entries.forEach(entry -> out.sized(entry.encode()));
            }
            case Described(ObjectInfo info) -> info(out.u8(37), info);
            case Changed(CatalogueEntry entry, int told, int peers) ->
                out.u8(38).sized(entry.encode()).u32(told).u32(peers);
            case Restored(long sequence, int entries, int added) ->
                out.u8(39).u64(sequence).u32(entries).u32(added);
            case Published(long sequence, int entries, int told) ->
                out.u8(40).u64(sequence).u32(entries).u32(told);
            case Status status -> status(out.u8(41), status);
            case LookedUp found -> {
                peerIds(out.u8(43), found.peers());
                out.u32(found.hops()).u32(found.requests()).u32(found.unanswered());
            }
            case ProvidersFound(List<String> peers) -> peerIds(out.u8(44), peers);
            case Failed(Problem problem, String text) ->
                out.u8(42).u8(problem.code()).text(bounded(text));
        }
        return out.toBytes();
    }

    private static void peerIds(ByteWriter out, List<String> peers) {
        out.u16(peers.size());
        peers.forEach(out::text);
    }

    private static void info(ByteWriter out, ObjectInfo info) {
        out.raw(info.object().bytes())
                .text(info.name())
                .text(info.mediaType())
                .u64(info.sizeBytes())
                .raw(info.content().bytes())
                .u64(info.createdMillis())
                .raw(info.owner().bytes())
                .u8(info.suite())
                .u16(info.dataShards())
                .u16(info.parityShards())
                .u32(info.segmentBytes())
                .u32(info.segments())
                .u16(info.columnsFound())
                .u32(info.peersAnswered())
                .u32(info.peersAsked())
                .u64(info.leaseSequence())
                .u64(info.expiresMillis());
        flag(out, info.deleted());
    }

    private static void status(ByteWriter out, Status status) {
        out.text(status.name())
                .text(status.owner())
                .text(status.zone())
                .u32(status.peers())
                .u32(status.peersHealthy())
                .u64(status.usedBytes())
                .u64(status.freeBytes())
                .u32(status.ownObjects())
                .u64(status.catalogueSequence());
        flag(out, status.catalogueDirty()).text(status.discovery()).text(status.legacy());
        out.u32(status.ended().size());
        status.ended().forEach((reason, count) -> out.text(reason).u64(count));
    }

    private static ByteWriter ref(ByteWriter out, ObjectRef ref) {
        return out.raw(ref.id().bytes())
                .raw(ref.placementKey().bytes())
                .raw(ref.key().bytes());
    }

    private static ByteWriter flag(ByteWriter out, boolean flag) {
        return out.u8(flag ? 1 : 0);
    }

    private static ByteWriter optional(ByteWriter out, Optional<Sha256> hash) {
        flag(out, hash.isPresent());
        hash.ifPresent(present -> out.raw(present.bytes()));
        return out;
    }

    /** A text that is too long is cut, to half of the bound: a cut inside a character only makes it longer. */
    private static String bounded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= Limits.MAX_TEXT_BYTES
                ? text
                : new String(utf8, 0, Limits.MAX_TEXT_BYTES / 2, StandardCharsets.UTF_8);
    }
}
