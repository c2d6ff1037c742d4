package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Asserts why a call failed. */
final class Failures {
    private Failures() {}

    static void assertFails(NetworkFailure.Kind kind, ThrowingCallable call) {
        assertFails(kind, catchThrowable(call));
    }

    static void assertFails(NetworkFailure.Kind kind, @Nullable Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        NetworkFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    static void assertFails(DiskFailure.Kind kind, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        DiskFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
