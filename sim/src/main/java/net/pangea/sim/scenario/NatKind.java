package net.pangea.sim.scenario;

import java.util.Arrays;
import java.util.List;

/** How a NAT box in front of a machine maps and filters, in the words of RFC 4787 or those that everybody uses. */
public enum NatKind {
    /** There is none. */
    NONE("none"),
    /** Endpoint-independent mapping and filtering: full cone. */
    CONE("cone"),
    /** Endpoint-independent mapping, address-dependent filtering. */
    RESTRICTED("restricted"),
    /** Endpoint-independent mapping, address- and port-dependent filtering. */
    PORT_RESTRICTED("port-restricted"),
    /** Address- and port-dependent mapping and filtering. */
    SYMMETRIC("symmetric");

    private final String word;

    NatKind(String word) {
        this.word = word;
    }

    /** {@return the word of the language} */
    public String word() {
        return word;
    }

    /** {@return the words of all kinds} */
    static List<String> words() {
        return Arrays.stream(values()).map(NatKind::word).toList();
    }

    /** {@return the kind of a word that is one of {@link #words}} */
    static NatKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
