package net.pangea.object;

import net.pangea.machine.Bell;
import net.pangea.machine.Machine;
import net.pangea.protocol.Deadlines;
import net.pangea.store.EntryStore;

/** All that a node does for its own user, wired together. */
public record ObjectServices(
        Peers peers,
        Owner owner,
        PutService puts,
        GetService gets,
        OwnerService owned,
        CatalogueService catalogue,
        Upkeep upkeep) {

    /** {@return the services over a store, peers, and what these know of catalogues} */
    public static ObjectServices of(
            Peers peers,
            CatalogueDirectory catalogues,
            Owner owner,
            EntryStore store,
            PutSettings puts,
            Upkeep.Settings upkeep,
            Deadlines deadlines,
            Machine machine) {
        Bell changes = new Bell();
        OwnObjects own = new OwnObjects(store, changes);
        PutPlanner planner = new PutPlanner(store, owner, machine.clock(), machine.secrets());
        LeaseSpread spread = new LeaseSpread(peers, machine.tasks(), changes);
        PutService put = new PutService(peers, owner, own, spread, planner, puts, machine);
        GetService get = new GetService(peers, deadlines, machine);
        OwnerService objects = new OwnerService(peers, owner, own, get, spread, machine);
        CatalogueObjects stored = new CatalogueObjects(owner, put, get, spread, machine.clock());
        CatalogueService catalogue =
                new CatalogueService(peers, catalogues, owner, store, own, stored, upkeep.lease(), machine);
        return new ObjectServices(
                peers,
                owner,
                put,
                get,
                objects,
                catalogue,
                new Upkeep(own, planner, objects, catalogue, spread, changes, upkeep, machine));
    }
}
