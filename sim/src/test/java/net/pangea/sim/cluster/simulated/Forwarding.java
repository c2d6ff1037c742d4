package net.pangea.sim.cluster.simulated;

import java.time.Duration;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.sim.experiment.StorageClient;

/** A client that does what another does. */
class Forwarding implements StorageClient {
    private final StorageClient client;

    Forwarding(StorageClient client) {
        this.client = client;
    }

    @Override
    public Closest closest(Endpoint node, byte[] key) throws InterruptedException {
        return client.closest(node, key);
    }

    @Override
    public List<String> providers(Endpoint node, Handle object) throws InterruptedException {
        return client.providers(node, object);
    }

    @Override
    public Handle put(Endpoint node, String name, byte[] content) throws InterruptedException {
        return client.put(node, name, content);
    }

    @Override
    public byte[] get(Endpoint node, Handle object) throws InterruptedException {
        return client.get(node, object);
    }

    @Override
    public byte[] range(Endpoint node, Handle object, long offset, int length) throws InterruptedException {
        return client.range(node, object, offset, length);
    }

    @Override
    public void delete(Endpoint owner, Handle object) throws InterruptedException {
        client.delete(owner, object);
    }

    @Override
    public void renew(Endpoint owner, Handle object, Duration keep) throws InterruptedException {
        client.renew(owner, object, keep);
    }
}
