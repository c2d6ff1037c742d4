package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class ContactTest {
    private static final PeerId ID = Ids.random(RandomStream.of(1, "contact"));

    @Test
    void neither_of_two_sources_pushes_the_addresses_of_the_other_out() {
        Contact one = new Contact(ID, addresses(1, Contact.MAX_ADDRESSES));
        Contact other = new Contact(ID, addresses(101, Contact.MAX_ADDRESSES));

        Contact both = one.withAddressesOf(other);

        assertThat(both.addresses())
                .hasSize(Contact.MAX_ADDRESSES)
                .startsWith(address(1), address(101), address(2), address(102));
    }

    @Test
    void the_same_addresses_are_kept_once() {
        Contact one = new Contact(ID, addresses(1, 3));

        assertThat(one.withAddressesOf(one)).isEqualTo(one);
        assertThat(one.withAddressesOf(new Contact(ID, List.of()))).isEqualTo(one);
        assertThat(new Contact(ID, List.of()).withAddressesOf(one)).isEqualTo(one);
        assertThat(one.withAddressesOf(new Contact(ID, addresses(2, 1))).addresses())
                .containsExactlyInAnyOrderElementsOf(one.addresses());
    }

    @Test
    void more_or_longer_addresses_than_a_peer_may_have_are_refused_or_left_out() {
        Bytes tooLong = Bytes.wrap(new byte[Contact.MAX_ADDRESS_BYTES + 1]);
        List<Bytes> many = new ArrayList<>(addresses(1, Contact.MAX_ADDRESSES + 1));

        assertThatThrownBy(() -> new Contact(ID, many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Contact(ID, List.of(tooLong))).isInstanceOf(IllegalArgumentException.class);

        Collections.addAll(many, tooLong);
        assertThat(Contact.bounded(ID, many.reversed()).addresses())
                .isEqualTo(many.reversed().subList(1, Contact.MAX_ADDRESSES + 1));
    }

    private static List<Bytes> addresses(int from, int count) {
        List<Bytes> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(address(from + i));
        }
        return addresses;
    }

    private static Bytes address(int number) {
        return Bytes.wrap(new byte[] {(byte) number});
    }
}
