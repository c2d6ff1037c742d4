package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.experiment.Verbs;

/** All verbs, in the order of the reference page. */
public final class PangeaVerbs {
    public static final Verbs ALL = new Verbs(
            List.of(new Put(), new Get(), new Range(), new Delete(), new Renew(), new Lookup(), new Find()),
            List.of(
                    new Crash(),
                    new Leave(),
                    new Restart(),
                    new Destroy(),
                    new Lie(),
                    new Churn(),
                    new Upgrade(),
                    new Pause(),
                    new SlowCpu(),
                    new Clock(),
                    new Partition(),
                    new Isolate(),
                    new Slow(),
                    new Lossy(),
                    new Reorder(),
                    new Duplicate(),
                    new CorruptPackets(),
                    new Throttle(),
                    new ShrinkMtu(),
                    new Clog(),
                    new Swizzle(),
                    new ResetConnections(),
                    new Firewall(),
                    new BlockPort(),
                    new FlushTracking(),
                    new RebindNat(),
                    new Rot(),
                    new SlowDisk(),
                    new FillDisk(),
                    new LoseSync(),
                    new IoError(),
                    new Misdirect(),
                    new FaultPoints()),
            List.of(
                    new NoWrongBytes(),
                    new AcknowledgedRetrievable(),
                    new NoLeaks(),
                    new FigureBound(),
                    new Reached(),
                    new Never(),
                    new Margin(),
                    new DurableAtOnce(),
                    new DeletedStaysDeleted(),
                    new DeniedNeverDelivered(),
                    new RepairsOnlyMissing(),
                    new Tail(),
                    new NoPlaintextOnWire(),
                    new RoutingConverges(),
                    new CatalogueMovesOn()));

    private PangeaVerbs() {}
}
