package net.pangea.sim.scenario;

/** How many data and parity shards a stripe has. */
public record Shards(int data, int parity) {

    /** {@return all of them} */
    public int total() {
        return data + parity;
    }

    @Override
    public String toString() {
        return data + "+" + parity;
    }
}
