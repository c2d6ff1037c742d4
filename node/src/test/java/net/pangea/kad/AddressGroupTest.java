package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import net.pangea.machine.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGroupTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, v4 192.0",
        "172.15.0.1, v4 172.15",
        "172.32.0.1, v4 172.32",
        "100.63.0.1, v4 100.63",
        "100.128.0.1, v4 100.128",
        "2001:db8:1::1, v6 20010db8",
        "2002:c000:201::1, v4 192.0",
        "::ffff:192.0.2.1, v4 192.0",
    })
    void public_addresses_are_grouped_by_what_registries_give_out(String address, String group) {
        assertThat(AddressGroup.of(ip(address))).contains(group);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "fd00::1",
        "fe80::1"
    })
    void each_private_address_is_a_group_of_its_own(String address) {
        assertThat(AddressGroup.of(ip(address))).contains("host " + ip(address));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.9.9.9", "::1"})
    void loopback_is_not_counted(String address) {
        assertThat(AddressGroup.of(ip(address))).isEmpty();
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
