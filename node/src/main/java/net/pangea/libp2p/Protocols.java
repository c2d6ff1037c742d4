package net.pangea.libp2p;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What a host serves, in the order in which it began to. Any task may call it. */
final class Protocols {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, StreamHandler> handlers = new LinkedHashMap<>(); // guarded by lock

    void serve(String protocol, StreamHandler handler) {
        lock.lock();
        try {
            handlers.put(protocol, handler);
        } finally {
            lock.unlock();
        }
    }

    List<String> names() {
        lock.lock();
        try {
            return List.copyOf(handlers.keySet());
        } finally {
            lock.unlock();
        }
    }

    Optional<StreamHandler> handler(String protocol) {
        lock.lock();
        try {
            return Optional.ofNullable(handlers.get(protocol));
        } finally {
            lock.unlock();
        }
    }
}
