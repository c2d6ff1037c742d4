package net.pangea.object;

/**
 * In how many rounds something that has failed is tried again: in the next, then after twice as many each time, up to a bound.
 * Used by one task at a time.
 */
final class Patience {
    private final int waitMaxRounds;
    private int roundsToWait;
    private int waitNext = 1;

    Patience(int waitMaxRounds) {
        this.waitMaxRounds = waitMaxRounds;
    }

    /** {@return whether to try in this round} Asked once a round; who tries and succeeds says so. */
    boolean isOver() {
        if (roundsToWait > 0) {
            roundsToWait--;
            return false;
        }
        roundsToWait = waitNext;
        waitNext = Math.min(2 * waitNext, waitMaxRounds);
        return true;
    }

    void succeeded() {
        roundsToWait = 0;
        waitNext = 1;
    }
}
