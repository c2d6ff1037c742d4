package net.pangea.repair;

/** What the task that looks and the task that rebuilds have in common; each part keeps itself in order. */
record Shared(
        Flock flock,
        Crew crew,
        Hearsay hearsay,
        ClaimBook book,
        LastHolders lastHolders,
        Sightings sightings,
        Budget budget) {

    static Shared of(Surroundings around, RepairSettings settings, Flock flock) {
        Crew crew = new Crew(around, flock);
        return new Shared(
                flock,
                crew,
                new Hearsay(around.clock(), crew, Hearsay.REMEMBERED_MAX),
                new ClaimBook(settings.grace()),
                new LastHolders(),
                // A scan that is held up by dead peers must not start every sighting anew.
                new Sightings(around.selfName(), settings, settings.grace().dividedBy(2)),
                new Budget(settings.bytesPerSecond(), around.clock().nanoTime()));
    }
}
