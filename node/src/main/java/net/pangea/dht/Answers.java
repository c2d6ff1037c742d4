package net.pangea.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.NamedPeer;
import net.pangea.kad.RecordStore;
import net.pangea.kad.ValueRecord;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Clock;
import net.pangea.multiformats.PeerId;

/** Answers the requests of other peers, one stream at a time, as long as they have more. */
final class Answers {
    private final DhtState state;
    private final Values values;
    private final Clock clock;
    private final DhtSettings settings;

    Answers(DhtState state, Values values, Clock clock, DhtSettings settings) {
        this.state = state;
        this.values = values;
        this.clock = clock;
        this.settings = settings;
    }

    /** @throws MalformedBytes if a request is none, or asks for what is not allowed: the stream is reset then */
    void serve(Stream stream) throws InterruptedException {
        while (true) {
            Optional<Bytes> message =
                    clock.within(settings.idle(), () -> Delimited.next(stream, KadMessage.MAX_REQUEST_BYTES));
            if (message.isEmpty()) {
                return;
            }
            Optional<KadMessage> reply = reply(KadMessage.decode(message.get()), stream.peer());
            if (reply.isPresent()) {
                Delimited.write(stream, reply.get().encodeFitted());
            }
        }
    }

    private Optional<KadMessage> reply(KadMessage request, PeerId from) throws InterruptedException {
        return switch (request.type()) {
            case PING -> Optional.of(KadMessage.ping());
            case FIND_NODE -> Optional.of(found(request, from, Optional.empty(), List.of()));
            case GET_VALUE -> Optional.of(found(request, from, values.find(request.key()), List.of()));
            case GET_PROVIDERS ->
                Optional.of(found(request, from, Optional.empty(), state.providers(request.key(), clock.now())));
            case PUT_VALUE -> Optional.of(put(request));
            case ADD_PROVIDER -> {
                add(request, from);
                yield Optional.empty();
            }
        };
    }

    private KadMessage found(KadMessage request, PeerId from, Optional<ValueRecord> record, List<Contact> providers) {
        List<NamedPeer> closer = new ArrayList<>();
        for (Contact contact : state.closest(request.key(), from)) {
            closer.add(NamedPeer.of(contact));
        }
        return new KadMessage(
                request.type(),
                request.key(),
                record,
                closer,
                providers.stream()
                        .limit(KadMessage.MAX_PROVIDERS)
                        .map(NamedPeer::of)
                        .toList());
    }

    /** Whoever stores what is outdated gets the better value back, or none if it is not kept, and can tell by that. */
    private KadMessage put(KadMessage request) throws InterruptedException {
        ValueRecord record = request.record()
                .filter(value -> value.key().equals(request.key()))
                .orElseThrow(() -> new MalformedBytes("a value to be stored without a record of its key"));
        return switch (values.store(record.key(), record.value())) {
            case RecordStore.Outcome.Stored _ -> KadMessage.putValue(record);
            case RecordStore.Outcome.Outdated(ValueRecord better) -> KadMessage.putValue(better);
            case RecordStore.Outcome.Declined _ -> KadMessage.request(KadMessage.Type.PUT_VALUE, record.key());
            case RecordStore.Outcome.Refused(String problem) -> throw new MalformedBytes(problem);
        };
    }

    /** Of itself only a peer can say that it has something; what it says of others is passed over. */
    private void add(KadMessage request, PeerId from) {
        if (request.key().size() == 0) {
            throw new MalformedBytes("an announcement without a key");
        }
        for (NamedPeer provider : request.providers()) {
            if (provider.contact().id().equals(from)
                    && !provider.contact().addresses().isEmpty()) {
                state.announce(request.key(), provider.contact(), clock.now());
            }
        }
    }
}
