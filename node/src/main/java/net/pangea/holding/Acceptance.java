package net.pangea.holding;

import java.util.Optional;
import java.util.TreeSet;
import net.pangea.keys.OwnerId;
import net.pangea.protocol.PeerMessage.Refusal;

/** Decides whose shards are taken, and how much of them. Pure. */
public final class Acceptance {
    private final OwnerId self;
    private final HoldingSettings settings;
    private final TreeSet<OwnerId> listed;

    /** What an owner is to a holder. */
    public enum Standing {
        /** The node's own: takes what the disk has. */
        OWN,
        /** Has a quota. */
        ACCEPTED,
        /** Shares the small cap with all others who are unknown. */
        UNKNOWN
    }

    /**
     * @param self the node's own owner
     */
    public Acceptance(OwnerId self, HoldingSettings settings) {
        this.self = self;
        this.settings = settings;
        this.listed = new TreeSet<>(settings.owners());
    }

    public Standing standing(OwnerId owner) {
        if (owner.equals(self)) {
            return Standing.OWN;
        }
        return settings.accept() == HoldingSettings.Accept.EVERYONE || listed.contains(owner)
                ? Standing.ACCEPTED
                : Standing.UNKNOWN;
    }

    /**
     * {@return why the owner may not take {@code moreBytes}, if so}
     *
     * @param usedBytes what this owner takes already
     * @param unknownBytes what all unknown owners take already
     * @param moreBytes 0 asks whether the owner is accepted at all
     */
    public Optional<Refusal> refusal(OwnerId owner, long usedBytes, long unknownBytes, long moreBytes) {
        return switch (standing(owner)) {
            case OWN -> Optional.empty();
            case ACCEPTED ->
                moreBytes > 0 && usedBytes > settings.ownerQuotaBytes() - moreBytes
                        ? Optional.of(Refusal.QUOTA_EXCEEDED)
                        : Optional.empty();
            case UNKNOWN ->
                settings.unknownCapBytes() == 0
                                || (moreBytes > 0 && unknownBytes > settings.unknownCapBytes() - moreBytes)
                        ? Optional.of(Refusal.OWNER_NOT_ACCEPTED)
                        : Optional.empty();
        };
    }
}
