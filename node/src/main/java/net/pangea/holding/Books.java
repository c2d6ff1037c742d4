package net.pangea.holding;

import net.pangea.machine.Events;
import net.pangea.store.EntryStore;

/**
 * What every part of a holder works with.
 *
 * @param objectTurns who changes an object holds its turn here
 * @param placementTurns who changes shards or an upload holds the turn of their placement key here
 */
record Books(
        HolderSelf self,
        HoldingSettings settings,
        EntryStore store,
        Events events,
        HolderTime time,
        Accounts accounts,
        ObjectTable objects,
        UploadTable uploads,
        Notices notices,
        DamageQueue damage,
        ColumnTrees trees,
        Turns objectTurns,
        Turns placementTurns) {

    static Books empty(HolderSelf self, HoldingSettings settings, HolderSurroundings around, HolderTime time) {
        Acceptance acceptance = new Acceptance(self.owner(), settings);
        Accounts accounts = new Accounts(acceptance, around.events());
        return new Books(
                self,
                settings,
                around.store(),
                around.events(),
                time,
                accounts,
                new ObjectTable(accounts, new ChangeLog(around.life())),
                new UploadTable(accounts),
                new Notices(acceptance),
                new DamageQueue(),
                new ColumnTrees(around.store()),
                new Turns(),
                new Turns());
    }
}
