package net.pangea.store;

import java.util.Optional;

/** What a record of the log says. */
enum RowType {
    /** The key has this content. */
    DATA(1),
    /** The key has no content any more. */
    TOMBSTONE(2),
    /** The content of the key lies in the trash. */
    TRASHED(3),
    /** The content of the key is out of the trash again. */
    RESTORED(4),
    /** The key had content, which has rotted and is gone. */
    LOST(5),
    /** What records were written together with this one, told a second time. */
    SUMMARY(6),
    /** How far another log file counts: what lies beyond was never acknowledged, or was written again elsewhere. */
    SEAL(7);

    private final int code;

    RowType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<RowType> of(int code) {
        for (RowType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** {@return whether it says something about the content of a key, not what that is} */
    boolean isMark() {
        return this == TRASHED || this == RESTORED;
    }

    /** {@return whether it is about a key; the others are about log files} */
    boolean hasKey() {
        return this != SUMMARY && this != SEAL;
    }

    /** {@return whether it only undoes earlier records, so that it is of no use once those are gone} */
    boolean isEraser() {
        return this == TOMBSTONE || this == RESTORED;
    }
}
