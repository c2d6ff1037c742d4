package net.pangea.sim.experiment;

/**
 * The end of a get, whole or in part.
 *
 * @param workload the entry of the scenario that asked
 * @param node through which machine
 * @param last whether it is one of the reads after the run, rather than a user's
 */
public record GetDone(String workload, Acknowledged object, String node, Result result, long tookNanos, boolean last) {

    /** What came back. */
    public sealed interface Result {
        /** The bytes that were put. */
        record Same() implements Result {}

        /** Other bytes. */
        record Wrong(String detail) implements Result {}

        /** None. */
        record Failed(StorageFailure.Kind kind, String detail) implements Result {}
    }
}
