package net.pangea.cli;

import java.util.List;
import net.pangea.ces.Suite;
import net.pangea.node.NodeSettings;

/** {@code pangea daemon}: runs a node. */
final class DaemonVerb implements Verb {
    @Override
    public String name() {
        return "daemon";
    }

    @Override
    public String usage() {
        return """
                daemon --name NAME --data DIR [--listen HOST:PORT] [--peers NAME=HOST:PORT[/ZONE],...]
                    [--zone ZONE] [--keys FILE] [--accept everyone|OWNER,...] [--settings KEY=VALUE,...]

                Runs a node until SIGTERM or SIGINT. It prints 'ready NAME HOST:PORT' once it serves, and each
                event as 'event ' and a line of JSON.
                  --name NAME       stable, and unique in the network: what it holds depends on it
                  --data DIR        its folder, made if it is not there: keys and store
                  --listen ...      where it serves peers and commands (USUAL-NODE)
                  --peers ...       every other node, by the name it was given itself
                  --zone ZONE       its failure domain; else its address prefix is
                  --keys FILE       exported keys that it takes over if its folder has none
                  --accept ...      for whom it stores besides its own owner; others share a small space
                  --settings ...    SETTINGS
                """.replace("USUAL-NODE", Client.USUAL_NODE).replace("SETTINGS", settings());
    }

    /** The keys, those of one family on a line of their own. */
    private static String settings() {
        StringBuilder text = new StringBuilder();
        String family = "";
        for (String key : NodeSettings.keys()) {
            String its = key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
            String gap = its.equals(family) ? " " : "\n                    ";
            text.append(text.isEmpty() ? "" : "," + gap).append(key);
            family = its;
        }
        return text.toString();
    }

    @Override
    public String synopsis() {
        return "daemon " + NodeArguments.USAGE;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return new Daemon(NodeArguments.parse(arguments), terminal, Main.SPEAKER + " daemon")
                .run(machine -> Suite.fastestOn(machine.capabilities()).warmUp());
    }
}
