package net.pangea.repair;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;

/**
 * Whose turn it is to ask about a healthy object, among those who are expected to hold it. Remembers their order for the
 * hour, since each object is looked at many times in it. One task at a time.
 */
final class Turns {
    /** About 200 bytes each. */
    private static final int REMEMBERED_MAX = 1 << 14;

    private final Neighbourhood neighbourhood;
    private final LinkedHashMap<Sha256, Order> orders = new LinkedHashMap<>(16, 0.75f, true);

    Turns(Neighbourhood neighbourhood) {
        this.neighbourhood = neighbourhood;
    }

    /** Names in the order of their duty in an hour. */
    private record Order(long hour, List<String> names) {}

    /** {@return the place of this node among those of the object's usual holders that are not down} */
    int rank(Sha256 object, LocalHoldings.Outline outline, long hour, Predicate<String> isDown) {
        String self = neighbourhood.self().name();
        int rank = 0;
        for (String name : order(object, outline, hour).names()) {
            if (name.equals(self)) {
                return rank;
            }
            rank += isDown.test(name) ? 0 : 1;
        }
        throw new IllegalStateException("this node is in every order");
    }

    private Order order(Sha256 object, LocalHoldings.Outline outline, long hour) {
        Order known = orders.get(object);
        if (known != null && known.hour() == hour) {
            return known;
        }
        List<String> expected = neighbourhood.ranked(outline.placementKey()).stream()
                .limit(outline.columns())
                .map(Peer::name)
                .toList();
        Order now =
                new Order(hour, Duty.order(object, hour, neighbourhood.self().name(), expected));
        orders.put(object, now);
        if (orders.size() > REMEMBERED_MAX) {
            var _ = orders.pollFirstEntry();
        }
        return now;
    }
}
