package net.pangea.cli;

import java.util.List;
import net.pangea.ces.Suite;
import net.pangea.node.NodeSettings;

/** {@code pangea daemon}: runs a node. */
final class DaemonVerb implements Verb {
    private static final String INDENT = " ".repeat(20);
    private static final int WIDTH = 100;

    @Override
    public String name() {
        return "daemon";
    }

    @Override
    public String usage() {
        return """
            daemon --data DIR [--p2p-addr HOST:PORT|MULTIADDR]... [--dht-addr HOST:PORT|MULTIADDR]
                [--bootstrap MULTIADDR,...] [--listen HOST:PORT] [--name NAME] [--zone ZONE]
                [--keys FILE] [--accept everyone|OWNER,...] [--settings KEY=VALUE,...]

            Runs a node until SIGTERM or SIGINT. It prints its peer id, the multiaddrs where peers reach it,
            'ready NAME HOST:PORT' once it serves, and each event as 'event ' and a line of JSON.
              --data DIR        its folder, made if it is not there: keys and store
              --p2p-addr ...    where it listens for peers (USUAL-P2P), with TCP, or with QUIC at
                                /ip4/0.0.0.0/udp/9090/quic-v1; once for each; port 0 takes a free one
              --dht-addr ...    one more such place: DHT and storage are spoken at all
              --bootstrap ...   nodes to join the network through, each as it prints its own address:
                                /ip4/192.0.2.7/tcp/9090/p2p/12D3Koo...
              --listen ...      where it serves commands (USUAL-NODE)
              --name NAME       what it is called in its events (node)
              --zone ZONE       its failure domain; else its address prefix is
              --keys FILE       exported keys that it takes over if its folder has none
              --accept ...      for whom it stores besides its own owner; others share a small space
              --settings ...    SETTINGS
            """.replace("USUAL-NODE", Client.USUAL_NODE)
                .replace("USUAL-P2P", NodeArguments.USUAL_P2P)
                .replace("SETTINGS", settings());
    }

    /** The keys, those of one family on lines of their own. */
    private static String settings() {
        StringBuilder text = new StringBuilder();
        String family = "";
        int column = INDENT.length();
        for (String key : NodeSettings.keys()) {
            String its = key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
            boolean fits = its.equals(family) && column + key.length() + 2 <= WIDTH;
            if (!text.isEmpty()) {
                text.append(',').append(fits ? " " : "\n" + INDENT);
                column = fits ? column + 2 : INDENT.length();
            }
            text.append(key);
            column += key.length();
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
