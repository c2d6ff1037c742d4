package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialerTest {
    private static final PeerId PEER = Identities.of(1).peerId();
    private static final Multiaddr ADDRESS = Multiaddr.tcp(new Endpoint(IpAddress.of(127, 0, 0, 1), 9));

    @TempDir
    private Path folder;

    /** Every dial ends as this. */
    private record Failing(HostFailure failure, AtomicInteger dials) implements Dialer.Way {
        @Override
        public boolean isFor(Multiaddr address) {
            return true;
        }

        @Override
        public Link dial(Multiaddr address, PeerId peer) {
            dials.incrementAndGet();
            throw failure;
        }
    }

    @Test
    void a_limit_of_this_host_is_named_and_is_not_held_against_the_peer() throws Exception {
        new SystemFixture(folder).on(machine -> {
            AddressBook book = new AddressBook(machine.clock());
            book.add(PEER, List.of(ADDRESS), AddressBook.HEARSAY);
            Failing full = new Failing(new HostFailure(Kind.EXHAUSTED, "too many connections"), new AtomicInteger());
            Dialer dialer = new Dialer(machine, book, HostLimits.DEFAULT, List.of(full));

            for (int i = 1; i <= 2; i++) {
                HostFailure failure = catchThrowableOfType(HostFailure.class, () -> dialer.dial(PEER));

                assertThat(failure.kind()).isEqualTo(Kind.EXHAUSTED);
                assertThat(failure).hasMessageContaining("too many connections");
                assertThat(full.dials()).hasValue(i);
            }
        });
    }

    @Test
    void a_peer_that_was_not_reached_is_not_dialed_again_at_once() throws Exception {
        new SystemFixture(folder).on(machine -> {
            AddressBook book = new AddressBook(machine.clock());
            book.add(PEER, List.of(ADDRESS), AddressBook.HEARSAY);
            Failing gone = new Failing(new HostFailure(Kind.UNREACHABLE, "nobody"), new AtomicInteger());
            Dialer dialer = new Dialer(machine, book, HostLimits.DEFAULT, List.of(gone));

            assertThat(catchThrowableOfType(HostFailure.class, () -> dialer.dial(PEER))
                            .kind())
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(catchThrowableOfType(HostFailure.class, () -> dialer.dial(PEER))
                            .kind())
                    .isEqualTo(Kind.BACKED_OFF);
            assertThat(gone.dials()).hasValue(1);
        });
    }

    @Test
    void a_caller_with_a_schedule_of_its_own_dials_a_peer_that_was_not_reached_and_makes_nobody_else_wait_longer()
            throws Exception {
        new SystemFixture(folder).on(machine -> {
            AddressBook book = new AddressBook(machine.clock());
            book.add(PEER, List.of(ADDRESS), AddressBook.HEARSAY);
            Failing gone = new Failing(new HostFailure(Kind.UNREACHABLE, "nobody"), new AtomicInteger());
            Dialer dialer = new Dialer(machine, book, HostLimits.DEFAULT, List.of(gone));

            for (int i = 1; i <= 4; i++) {
                assertThat(catchThrowableOfType(HostFailure.class, () -> dialer.dialAnyway(PEER))
                                .kind())
                        .isEqualTo(Kind.UNREACHABLE);
                assertThat(gone.dials()).hasValue(i);
            }

            assertThat(catchThrowableOfType(HostFailure.class, () -> dialer.dial(PEER)))
                    .hasMessageMatching(".* was not reached lately; tried again in [0-4] s");
        });
    }
}
