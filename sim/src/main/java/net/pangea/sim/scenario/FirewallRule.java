package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule of a machine's firewall: {@code deny inbound tcp+udp 4002}.
 *
 * @param inbound whether it is about what comes to the machine, else about what it sends
 * @param fromPort the first port: of the machine for what comes, of the other side for what it sends
 * @param toPort the last
 */
public record FirewallRule(Action action, boolean inbound, boolean tcp, boolean udp, int fromPort, int toPort) {
    /** Where nodes accept users. */
    public static final int USERS_PORT = 4001;

    /** Where nodes accept peers. */
    public static final int PEERS_PORT = 4002;

    private static final int PORT_MOST = 65_535;

    private static final String FORM = "a rule is written 'deny inbound tcp+udp " + PEERS_PORT
            + "': allow, deny or reject; inbound or outbound; tcp, udp or tcp+udp; and a port, a range such as"
            + " 4000-4100, or any";

    /** What becomes of the first packet of a flow. */
    public enum Action {
        ALLOW("allow"),
        DENY("deny"),
        REJECT("reject"),
        /** Of any packet, those of flows that are open too: what the fault {@code block-port} does. */
        BLOCK("block");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    /** {@return what blocks a port of a machine} */
    public static FirewallRule block(int port, boolean tcp, boolean udp) {
        return new FirewallRule(Action.BLOCK, true, tcp, udp, port, port);
    }

    static FirewallRule read(String text, Mark mark) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        Action action = switch (words.getFirst()) {
            case "allow" -> Action.ALLOW;
            case "deny" -> Action.DENY;
            case "reject" -> Action.REJECT;
            default -> throw wrong(words.getFirst(), List.of("allow", "deny", "reject"), mark);
        };
        if (words.size() != 4) {
            throw new BadInput(mark, "'" + text.strip() + "' is not a firewall rule; " + FORM);
        }
        boolean inbound = switch (words.get(1)) {
            case "inbound" -> true;
            case "outbound" -> false;
            default -> throw wrong(words.get(1), List.of("inbound", "outbound"), mark);
        };
        List<String> protocols = List.of(words.get(2).split("\\+", -1));
        for (String protocol : protocols) {
            if (!protocol.equals("tcp") && !protocol.equals("udp")) {
                throw wrong(protocol, List.of("tcp", "udp", "tcp+udp"), mark);
            }
        }
        List<Integer> ports = ports(words.get(3), mark);
        FirewallRule rule = new FirewallRule(
                action,
                inbound,
                protocols.contains("tcp"),
                protocols.contains("udp"),
                ports.getFirst(),
                ports.getLast());
        if (inbound && rule.fromPort == USERS_PORT && rule.toPort == USERS_PORT) {
            throw new BadInput(
                    mark,
                    "port " + USERS_PORT
                            + " is for users, who are on the inner side of every device; nodes accept peers"
                            + " at port " + PEERS_PORT + ": write that");
        }
        return rule;
    }

    private static List<Integer> ports(String word, Mark mark) {
        if (word.equals("any")) {
            return List.of(0, PORT_MOST);
        }
        List<Integer> ports = new ArrayList<>();
        for (String port : word.split("-", -1)) {
            if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MOST) {
                throw new BadInput(
                        mark, "'" + word + "' names no ports; write 4002, a range such as 4000-4100, or any");
            }
            ports.add(Integer.parseInt(port));
        }
        if (ports.size() > 2 || ports.getFirst() > ports.getLast()) {
            throw new BadInput(mark, "'" + word + "' is no range of ports; write the lower one first, as in 4000-4100");
        }
        return ports;
    }

    private static BadInput wrong(String word, List<String> valid, Mark mark) {
        return new BadInput(
                mark, "'" + word + "' is not " + String.join(" or ", valid) + nearest(word, valid) + "; " + FORM);
    }

    private static String nearest(String word, List<String> valid) {
        return Nearest.of(word, valid)
                .map(near -> "; did you mean '" + near + "'")
                .orElse("");
    }

    /** {@return the words that spell it} */
    public String words() {
        String protocols = tcp && udp ? "tcp+udp" : tcp ? "tcp" : "udp";
        String ports = fromPort == toPort ? String.valueOf(fromPort) : fromPort + "-" + toPort;
        boolean any = fromPort == 0 && toPort == PORT_MOST;
        return action.word + (inbound ? " inbound " : " outbound ") + protocols + " " + (any ? "any" : ports);
    }

    @Override
    public String toString() {
        return words();
    }
}
