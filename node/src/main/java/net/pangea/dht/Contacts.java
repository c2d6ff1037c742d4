package net.pangea.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.AddressGroup;
import net.pangea.kad.Contact;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Between the addresses of hosts and those of Kademlia's contacts, which may be of kinds that nobody here knows. */
public final class Contacts {
    private Contacts() {}

    static Contact of(PeerId peer, List<Multiaddr> addresses) {
        return Contact.bounded(
                peer,
                addresses.stream().map(address -> address.withoutPeer().bytes()).toList());
    }

    /** {@return the addresses of kinds that are known here} */
    public static List<Multiaddr> addresses(Contact contact) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (Bytes encoded : contact.addresses()) {
            try {
                addresses.add(Multiaddr.decode(encoded));
            } catch (MalformedBytes _) {
                // Others have transports that came later.
            }
        }
        return addresses;
    }

    /** {@return the address group of a contact: that of its first IP address} */
    static Optional<String> group(Contact contact) {
        return addresses(contact).stream()
                .flatMap(address -> address.ipAddress().stream())
                .findFirst()
                .flatMap(AddressGroup::of);
    }
}
