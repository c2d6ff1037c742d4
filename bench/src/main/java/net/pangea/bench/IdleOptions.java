package net.pangea.bench;

/**
 * What {@code bench idle} is asked to run.
 *
 * @param connections that are open and idle
 */
record IdleOptions(int connections) {
    private static final int USUAL = 10_000;
    private static final int CONNECTIONS_MAX = 30_000; // what one address has ports for

    static IdleOptions parse(String... arguments) {
        if (arguments.length == 0) {
            return new IdleOptions(USUAL);
        }
        if (!arguments[0].equals("--connections")) {
            throw new BadInput("unknown argument '" + arguments[0] + "': --connections");
        }
        if (arguments.length != 2) {
            throw new BadInput("--connections needs one value");
        }
        return new IdleOptions(EngineOptions.number("--connections", arguments[1], IdleHosts.PINGED, CONNECTIONS_MAX));
    }
}
