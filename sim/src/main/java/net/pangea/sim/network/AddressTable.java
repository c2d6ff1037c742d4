package net.pangea.sim.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.pangea.machine.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The hosts by address, looked up for every packet. IPv4 addresses are in a table with open addressing and linear
 * probing: one cache line where a map of objects has to visit three.
 */
final class AddressTable {
    private int[] bits = new int[16];
    private @Nullable Nic[] nics = new Nic[16];
    private int count;
    // Looked up, never iterated.
    private final Map<IpAddress, Nic> v6 = new HashMap<>();

    /** {@return whether the address was free} */
    boolean add(IpAddress address, Nic nic) {
        return switch (address) {
            case IpAddress.V4 v4 -> add(v4.bits(), nic);
            case IpAddress.V6 other -> v6.putIfAbsent(other, nic) == null;
        };
    }

    @Nullable
    Nic get(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> nics[place(v4.bits())];
            case IpAddress.V6 other -> v6.get(other);
        };
    }

    private boolean add(int address, Nic nic) {
        if (nics[place(address)] != null) {
            return false;
        }
        if (2 * count == nics.length) {
            grow();
        }
        put(address, nic);
        count++;
        return true;
    }

    private void put(int address, Nic nic) {
        int place = place(address);
        bits[place] = address;
        nics[place] = nic;
    }

    /** {@return where {@code address} is, or the free place where it would be} */
    private int place(int address) {
        int mask = nics.length - 1;
        int place = ((address * 0x9e3779b9) >>> 7) & mask;
        while (nics[place] != null && bits[place] != address) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        int[] oldBits = bits;
        @Nullable Nic[] oldNics = nics;
        bits = new int[oldBits.length * 2];
        nics = Arrays.copyOf(oldNics, oldNics.length * 2);
        Arrays.fill(nics, null);
        for (int i = 0; i < oldNics.length; i++) {
            Nic nic = oldNics[i];
            if (nic != null) {
                put(oldBits[i], nic);
            }
        }
    }
}
