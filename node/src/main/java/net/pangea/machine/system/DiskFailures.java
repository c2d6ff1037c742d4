package net.pangea.machine.system;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFailure.Kind;

/**
 * Turns the platform's exceptions into ours, once. The JDK gives the common errors a type and the others
 * only the text of {@code strerror}, as the C locale has it.
 */
final class DiskFailures {
    private DiskFailures() {}

    static DiskFailure of(String verb, String path, IOException e) {
        Kind kind = kind(e);
        String what = verb + " " + path + (kind == Kind.IO_ERROR ? " (" + e.getMessage() + ")" : "");
        DiskFailure failure = new DiskFailure(kind, what);
        failure.initCause(e);
        return failure;
    }

    private static Kind kind(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> Kind.NOT_FOUND;
            case FileAlreadyExistsException _ -> Kind.ALREADY_EXISTS;
            case DirectoryNotEmptyException _ -> Kind.DIRECTORY_NOT_EMPTY;
            case NotDirectoryException _ -> Kind.WRONG_TYPE;
            case AccessDeniedException _ -> Kind.NOT_PERMITTED;
            case ClosedChannelException _ -> Kind.CLOSED;
            default -> kind(Objects.requireNonNullElse(e.getMessage(), "").toLowerCase(Locale.ROOT));
        };
    }

    private static Kind kind(String text) {
        if (text.contains("no space left") || text.contains("quota exceeded") || text.contains("file too large")) {
            return Kind.NO_SPACE;
        }
        if (text.contains("directory not empty")) {
            return Kind.DIRECTORY_NOT_EMPTY;
        }
        if (text.contains("is a directory") || text.contains("not a directory")) {
            return Kind.WRONG_TYPE;
        }
        if (text.contains("read-only file system") || text.contains("not permitted") || text.contains("denied")) {
            return Kind.NOT_PERMITTED;
        }
        return Kind.IO_ERROR;
    }
}
