package net.pangea.node;

import java.util.Map;
import net.pangea.machine.Event;
import net.pangea.node.NodeEvent.ConnectionRejected;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.node.NodeEvent.NodeStopped;
import net.pangea.object.ObjectEvent.CataloguePublished;
import net.pangea.object.ObjectEvent.CatalogueRestored;
import net.pangea.object.ObjectEvent.GetFromExactlyK;
import net.pangea.object.ObjectEvent.GetHedged;
import net.pangea.object.ObjectEvent.LeaseChanged;
import net.pangea.object.ObjectEvent.ObjectFetched;
import net.pangea.object.ObjectEvent.ObjectStored;
import net.pangea.object.ObjectEvent.PutResumed;
import net.pangea.object.ObjectEvent.RangeFetched;
import net.pangea.object.ObjectEvent.ShardRejected;
import net.pangea.object.ObjectEvent.ShardStored;
import net.pangea.object.ObjectEvent.UpkeepFailed;
import net.pangea.store.StoreRecovered;

/** Every event a node emits, made again from its name and fields, for those who watch from another process. */
public final class NodeEvents {

    private NodeEvents() {}

    /**
     * {@return the event that was written like this}
     *
     * @param fields texts, numbers ({@link Number}) and flags ({@link Boolean}) by field; those that a later
     *     version has added are ignored
     * @throws IllegalArgumentException if there is no such event or a field is missing or of another type
     */
    public static Event decode(String name, int version, Map<String, ?> fields) {
        if (version < 1) {
            throw new IllegalArgumentException("event " + name + " has version " + version);
        }
        Fields in = new Fields(name, fields);
        return switch (name) {
            case NodeStarted.NAME -> new NodeStarted(in.text("endpoint"));
            case NodeStopped.NAME -> new NodeStopped(in.text("endpoint"));
            case ConnectionRejected.NAME -> new ConnectionRejected(in.text("remote"), in.text("reason"));
            case StoreRecovered.NAME ->
                new StoreRecovered(
                        in.number("shards"), in.number("manifests"), in.number("quarantined"), in.number("unfinished"));
            case ShardStored.NAME ->
                new ShardStored(in.text("object"), in.number("segment"), in.number("index"), in.number("sizeBytes"));
            case ShardRejected.NAME ->
                new ShardRejected(
                        in.text("object"),
                        in.number("segment"),
                        in.number("index"),
                        in.text("peer"),
                        in.text("reason"));
            case ObjectStored.NAME ->
                new ObjectStored(
                        in.text("object"),
                        in.number("sizeBytes"),
                        in.number("segments"),
                        in.number("columnsStored"),
                        in.number("columns"),
                        in.text("holders"),
                        in.number("peersMayBeLost"),
                        in.number("domainsMayBeLost"));
            case ObjectFetched.NAME ->
                new ObjectFetched(
                        in.text("object"),
                        in.number("sizeBytes"),
                        in.number("segments"),
                        in.number("shardsRejected"),
                        in.number("widened"),
                        in.number("hedged"));
            case RangeFetched.NAME ->
                new RangeFetched(
                        in.text("object"), in.number("offset"), in.number("length"), in.number("shardsRejected"));
            case GetFromExactlyK.NAME -> new GetFromExactlyK(in.text("object"), in.number("needed"));
            case GetHedged.NAME -> new GetHedged(in.text("object"), in.number("spares"));
            case PutResumed.NAME -> new PutResumed(in.text("object"), in.number("resumed"), in.number("segments"));
            case LeaseChanged.NAME ->
                new LeaseChanged(
                        in.text("object"),
                        in.text("change"),
                        in.number("sequence"),
                        in.number("peersTold"),
                        in.number("expiresMillis"));
            case CataloguePublished.NAME ->
                new CataloguePublished(
                        in.text("object"), in.number("sequence"), in.number("entries"), in.number("peersTold"));
            case CatalogueRestored.NAME ->
                new CatalogueRestored(in.number("sequence"), in.number("entries"), in.number("added"));
            case UpkeepFailed.NAME -> new UpkeepFailed(in.text("duty"), in.text("reason"));
            default -> throw new IllegalArgumentException("there is no event " + name);
        };
    }

    private record Fields(String event, Map<String, ?> fields) {

        String text(String field) {
            if (fields.get(field) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException("event " + event + " has no text " + field);
        }

        long number(String field) {
            if (fields.get(field) instanceof Number number) {
                return number.longValue();
            }
            throw new IllegalArgumentException("event " + event + " has no number " + field);
        }
    }
}
