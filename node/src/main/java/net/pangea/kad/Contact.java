package net.pangea.kad;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.PeerId;

/**
 * A peer and where it is said to be.
 *
 * @param addresses multiaddrs, the most trusted first; at most {@link #MAX_ADDRESSES}, each at most
 *     {@link #MAX_ADDRESS_BYTES} long
 */
public record Contact(PeerId id, List<Bytes> addresses) {
    /** A host with two interfaces, two IP versions and four transports has 16. */
    public static final int MAX_ADDRESSES = 16;

    /** An address over a relay with a DNS name and two certificate hashes has fewer; there is no longer one of use. */
    public static final int MAX_ADDRESS_BYTES = 512;

    /** @throws IllegalArgumentException if there are too many addresses, or too long ones */
    public Contact {
        addresses = List.copyOf(addresses);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException("a contact with " + addresses.size() + " addresses");
        }
        for (Bytes address : addresses) {
            if (address.size() > MAX_ADDRESS_BYTES) {
                throw new IllegalArgumentException("an address of " + address.size() + " bytes");
            }
        }
    }

    /** {@return a contact with the first of these addresses that are not too long, as many as it may have} */
    public static Contact bounded(PeerId id, List<Bytes> addresses) {
        List<Bytes> taken = new ArrayList<>();
        for (Bytes address : addresses) {
            if (taken.size() < MAX_ADDRESSES && address.size() <= MAX_ADDRESS_BYTES) {
                taken.add(address);
            }
        }
        return new Contact(id, taken);
    }

    /**
     * {@return this peer with the addresses of both, by turns, so that neither source can push the other's out with
     * wrong ones}
     */
    Contact withAddressesOf(Contact other) {
        if (other.addresses.isEmpty() || addresses.equals(other.addresses)) {
            return this;
        }
        SequencedSet<Bytes> both = new LinkedHashSet<>();
        for (int i = 0; i < MAX_ADDRESSES; i++) {
            if (i < addresses.size()) {
                both.add(addresses.get(i));
            }
            if (i < other.addresses.size()) {
                both.add(other.addresses.get(i));
            }
        }
        return new Contact(id, both.stream().limit(MAX_ADDRESSES).toList());
    }
}
