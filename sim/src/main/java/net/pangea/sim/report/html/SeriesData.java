package net.pangea.sim.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.recording.Slice;

/** The slices of a recording, as columns: that is shorter than rows. */
final class SeriesData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode json = JSON.objectNode();
    private final List<Slice> slices;

    private SeriesData(List<Slice> slices) {
        this.slices = slices;
    }

    static ObjectNode of(Recording recording) {
        SeriesData data = new SeriesData(recording.slices());
        data.json.put("widthMs", RunData.millis(recording.sliceNanos()));
        data.counts("machinesUp", Slice::machinesUp);
        data.counts("gets", Slice::gets);
        data.counts("getsFailed", Slice::getsFailed);
        data.several("getLatency", slice -> slice.getLatency().map(SeriesData::latency));
        data.counts("puts", Slice::puts);
        data.counts("putsFailed", Slice::putsFailed);
        data.several("putLatency", slice -> slice.putLatency().map(SeriesData::latency));
        data.counts("bytesStored", Slice::bytesStored);
        data.counts("bytesRead", Slice::bytesRead);
        data.counts("repairs", Slice::repairs);
        data.counts("repairBytes", Slice::repairBytes);
        data.counts("stripes", Slice::stripes);
        data.counts("shardsAlive", Slice::shardsAlive);
        data.several(
                "margin",
                slice -> slice.margin()
                        .map(margin -> JSON.arrayNode()
                                .add(margin.least())
                                .add(margin.low())
                                .add(margin.median())));
        data.several(
                "hops",
                slice -> slice.hops()
                        .map(hops -> JSON.arrayNode().add(hops.mean()).add(hops.max())));
        data.counts("events", Slice::events);
        data.counts("messages", Slice::messages);
        data.json.put(
                "hasHops",
                recording.slices().stream().anyMatch(slice -> slice.hops().isPresent()));
        return data.json;
    }

    private void counts(String name, ToLongFunction<Slice> value) {
        ArrayNode column = json.putArray(name);
        slices.forEach(slice -> column.add(value.applyAsLong(slice)));
    }

    private void several(String name, Function<Slice, Optional<ArrayNode>> values) {
        ArrayNode column = json.putArray(name);
        slices.forEach(slice -> values.apply(slice).ifPresentOrElse(column::add, column::addNull));
    }

    private static ArrayNode latency(Slice.Latency latency) {
        return JSON.arrayNode()
                .add(RunData.millis(latency.p50Nanos()))
                .add(RunData.millis(latency.p90Nanos()))
                .add(RunData.millis(latency.p99Nanos()))
                .add(RunData.millis(latency.maxNanos()));
    }
}
