package net.pangea.sim.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.pangea.machine.Event;

/**
 * The binary form of an event that enters the trace: name, version, then every field as name, type, value. Texts
 * are length-prefixed UTF-8, numbers big-endian.
 */
final class EventBytes implements Event.Fields {
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    static ByteBuffer of(Event event) {
        EventBytes bytes = new EventBytes();
        bytes.put(event.name());
        bytes.room(Integer.BYTES).putInt(event.version());
        event.write(bytes);
        return bytes.buffer.flip();
    }

    @Override
    public void text(String field, String value) {
        put(field);
        room(1).put((byte) 't');
        put(value);
    }

    @Override
    public void number(String field, long value) {
        put(field);
        room(1 + Long.BYTES).put((byte) 'n').putLong(value);
    }

    @Override
    public void flag(String field, boolean value) {
        put(field);
        room(2).put((byte) 'f').put((byte) (value ? 1 : 0));
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }
}
