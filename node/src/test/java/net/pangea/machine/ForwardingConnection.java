package net.pangea.machine;

import java.nio.ByteBuffer;

/** A connection that does what another one does, for tests that change some of it. */
public abstract class ForwardingConnection implements Connection {
    protected final Connection inner;

    protected ForwardingConnection(Connection inner) {
        this.inner = inner;
    }

    @Override
    public Endpoint local() {
        return inner.local();
    }

    @Override
    public Endpoint remote() {
        return inner.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        return inner.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        inner.write(source);
    }

    @Override
    public void closeOutput() {
        inner.closeOutput();
    }

    @Override
    public void reset() {
        inner.reset();
    }

    @Override
    public void close() {
        inner.close();
    }
}
