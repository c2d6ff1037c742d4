package net.pangea.store;

/**
 * An entry that lies in the trash.
 *
 * @param stamp what whoever put it there called the time
 */
public record TrashedEntry(EntryKey key, long stamp) {}
