package net.pangea.holding;

import net.pangea.keys.OwnerId;

/**
 * Who a holder is.
 *
 * @param name of its machine
 * @param owner for whom it stores, and who is always accepted
 * @param zone its configured failure domain, empty if it has none
 */
public record HolderSelf(String name, OwnerId owner, String zone) {}
