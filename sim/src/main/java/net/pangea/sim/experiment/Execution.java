package net.pangea.sim.experiment;

import java.util.Optional;

/**
 * What an executor tells about a run.
 *
 * @param findings what the experiment found, if it came to its end
 * @param traceHash of all events with their times, in hexadecimal; empty where runs do not repeat
 * @param virtualNanos the length of the run by the controller's clock
 * @param events the engine handled, or nodes emitted where there is no engine
 * @param messages packets or chunks that machines sent
 * @param invalid why the run says nothing about the node: a construct that breaks determinism, a deadlock, an error
 *     of the harness; empty for a run that counts
 * @param standing where it was stopped, if the settings said so
 */
public record Execution(
        Optional<Findings> findings,
        String traceHash,
        long virtualNanos,
        long wallNanos,
        long events,
        long messages,
        Optional<String> invalid,
        Optional<Standing> standing) {

    /** A run that was not stopped. */
    public Execution(
            Optional<Findings> findings,
            String traceHash,
            long virtualNanos,
            long wallNanos,
            long events,
            long messages,
            Optional<String> invalid) {
        this(findings, traceHash, virtualNanos, wallNanos, events, messages, invalid, Optional.empty());
    }

    public Execution {
        if (findings.isEmpty() && invalid.isEmpty() && standing.isEmpty()) {
            throw new IllegalArgumentException("a run without findings says why it is invalid");
        }
    }
}
