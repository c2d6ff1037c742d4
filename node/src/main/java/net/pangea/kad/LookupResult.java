package net.pangea.kad;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a {@link Lookup} has found.
 *
 * @param closest the closest peers that have answered, closest first: at most k of them, or if it has widened all in the
 *     region around the key
 * @param hops after how many requests, one after the other, the last of the k closest was found
 * @param requests how many were sent
 * @param unanswered how many peers have failed or not answered in time
 * @param widened whether the key was so crowded that the region around it was asked
 * @param reach how far the k-th closest is, if there are so many and they are not crowded: a {@link NetworkSize} sample
 */
public record LookupResult(
        List<Contact> closest, int hops, int requests, int unanswered, boolean widened, OptionalDouble reach) {
    public LookupResult {
        closest = List.copyOf(closest);
    }
}
