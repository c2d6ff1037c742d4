package net.pangea.bench;

import java.util.Arrays;

/** The bare core's pending events in (time, sequence) order: a four-ary heap of flat arrays, without objects. */
final class BareQueue {
    private long[] times = new long[1024];
    private long[] sequences = new long[1024];
    private long[] payloads = new long[1024];
    private int size;
    private long nextSequence;

    long topTime() {
        return times[0];
    }

    long topSequence() {
        return sequences[0];
    }

    long topPayload() {
        return payloads[0];
    }

    void add(long time, long payload) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
            payloads = Arrays.copyOf(payloads, size * 2);
        }
        long sequence = nextSequence++;
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >> 2;
            if (times[parent] <= time) {
                break; // at equal times the older one, whose sequence is lower, stays above
            }
            move(parent, i);
            i = parent;
        }
        put(i, time, sequence, payload);
    }

    void removeTop() {
        size--;
        long time = times[size];
        long sequence = sequences[size];
        int i = 0;
        while (true) {
            int child = (i << 2) + 1;
            if (child >= size) {
                break;
            }
            int least = child;
            int end = Math.min(child + 4, size);
            for (int c = child + 1; c < end; c++) {
                if (isBefore(times[c], sequences[c], times[least], sequences[least])) {
                    least = c;
                }
            }
            if (isBefore(time, sequence, times[least], sequences[least])) {
                break;
            }
            move(least, i);
            i = least;
        }
        put(i, time, sequence, payloads[size]);
    }

    private static boolean isBefore(long time, long sequence, long otherTime, long otherSequence) {
        return time < otherTime || (time == otherTime && sequence < otherSequence);
    }

    private void move(int from, int to) {
        put(to, times[from], sequences[from], payloads[from]);
    }

    private void put(int i, long time, long sequence, long payload) {
        times[i] = time;
        sequences[i] = sequence;
        payloads[i] = payload;
    }
}
