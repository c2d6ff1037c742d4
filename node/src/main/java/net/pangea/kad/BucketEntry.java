package net.pangea.kad;

import java.util.Optional;
import java.util.OptionalLong;

/** A contact in a bucket or waiting for a place there. Owned by its {@link RoutingTable}. */
final class BucketEntry {
    private final Key key;
    private Contact contact;
    private Optional<String> group;
    private long seenAt;
    private boolean verified;
    private int failures;
    private OptionalLong pingedAt = OptionalLong.empty();

    /** @param verified whether it has answered, at {@code now} */
    BucketEntry(Contact contact, Key key, Optional<String> group, boolean verified, long now) {
        this.contact = contact;
        this.key = key;
        this.group = group;
        this.verified = verified;
        this.seenAt = now;
    }

    Contact contact() {
        return contact;
    }

    Key key() {
        return key;
    }

    Optional<String> group() {
        return group;
    }

    /** {@return when it answered last, or was heard of if it never did} */
    long seenAt() {
        return seenAt;
    }

    boolean isVerified() {
        return verified;
    }

    /** {@return how often it has failed since it last answered} */
    int failures() {
        return failures;
    }

    void hasAnswered(Contact as, Optional<String> in, long now) {
        contact = as;
        group = in;
        verified = true;
        seenAt = now;
        failures = 0;
        pingedAt = OptionalLong.empty();
    }

    void hasFailed() {
        failures++;
        pingedAt = OptionalLong.empty();
    }

    /** {@return whether it is to be pinged, because nobody was asked to within {@code patience}; if so, somebody is now} */
    boolean takePing(long now, long patience) {
        if (pingedAt.isPresent() && now - pingedAt.getAsLong() < patience) {
            return false;
        }
        pingedAt = OptionalLong.of(now);
        return true;
    }
}
