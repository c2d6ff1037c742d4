package net.pangea.sim.scenario;

import java.util.Locale;

/** What nodes talk to each other over. Their clients come with TCP in any case. */
public enum Transport {
    TCP,
    QUIC;

    static Transport of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** {@return the word for it in scenarios and outcomes} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
