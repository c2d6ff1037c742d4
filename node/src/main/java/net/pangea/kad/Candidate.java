package net.pangea.kad;

/** A peer that a {@link Search} has learnt of. All its paths share it: what became of it counts for all. */
final class Candidate {
    /** How often a peer is asked, if other addresses of it are learnt after the first have failed. */
    private static final int TRIES_MAX = 2;

    enum State {
        NEW,
        WAITING,
        /** Its time is up; an answer is still welcome. */
        LATE,
        ANSWERED,
        FAILED
    }

    private final Key key;
    private final double distance;
    private final int hops;
    private final int rank;
    private Contact contact;
    private State state = State.NEW;
    private int path;
    private int lists;
    private int tries;
    private long deadline;

    /**
     * @param hops how many requests it takes to ask it, one after the other
     * @param rank how many were learnt before it that share as many bits with the target
     */
    Candidate(Contact contact, Key key, double distance, int hops, int rank) {
        this.contact = contact;
        this.key = key;
        this.distance = distance;
        this.hops = hops;
        this.rank = rank;
    }

    Contact contact() {
        return contact;
    }

    Key key() {
        return key;
    }

    double distance() {
        return distance;
    }

    int hops() {
        return hops;
    }

    int rank() {
        return rank;
    }

    State state() {
        return state;
    }

    /** {@return the path that asked it, the only one that hears its answer} */
    int path() {
        return path;
    }

    long deadline() {
        return deadline;
    }

    boolean wasAsked() {
        return state != State.NEW || tries > 0;
    }

    void ask(int by, long until) {
        state = State.WAITING;
        path = by;
        deadline = until;
        tries++;
    }

    void become(State next) {
        state = next;
    }

    /** Takes more addresses. If those known have failed, it deserves to be asked again: they may have been a liar's. */
    void learn(Contact again) {
        Contact merged = contact.withAddressesOf(again);
        boolean more = !merged.equals(contact);
        contact = merged;
        if (more && state == State.FAILED && tries < TRIES_MAX) {
            state = State.NEW;
        }
    }

    /** {@return whether it is in no list any more} Called as one lets it go. */
    boolean isUnlisted() {
        return --lists == 0;
    }

    void isListed() {
        lists++;
    }
}
