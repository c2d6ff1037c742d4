package net.pangea.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.pangea.object.ProviderKey;

/**
 * What it costs to say in the DHT who has what: messages per object and day, of a node that holds parts of so many objects. It
 * announces those of which it is one of the four closest of twelve holders.
 */
final class AnnounceBenchmark {
    private static final int HOLDERS = 12;
    private static final int ANNOUNCERS = ProviderKey.ANNOUNCERS;
    private static final double SECONDS_PER_DAY = 86_400;

    private final AnnounceOptions options;

    private AnnounceBenchmark(AnnounceOptions options) {
        this.options = options;
    }

    /** {@return whether the keys looked for were found, where everybody stayed} */
    static boolean run(AnnounceOptions options) throws InterruptedException {
        System.out.println(Environment.describe());
        return new AnnounceBenchmark(options).run();
    }

    private boolean run() throws InterruptedException {
        boolean good = true;
        for (Duration stay : options.stays()) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%d peers, one of which announces; %s%n%10s %10s %4s %11s %11s %11s %11s %10s %12s %10s %7s %9s%n",
                    options.peers(),
                    stay.isZero() ? "all of them stay" : "the others stay for " + words(stay) + " on average",
                    "objects",
                    "announced",
                    "day",
                    "requests",
                    "announced",
                    "questions",
                    "messages",
                    "per key",
                    "per object",
                    "per second",
                    "found",
                    "CPU s");
            for (int objects : options.objects()) {
                good &= measure(objects, stay);
            }
        }
        return good;
    }

    private static String words(Duration stay) {
        return stay.toMinutes() % 60 == 0 ? stay.toHours() + " h" : stay.toMinutes() + " min";
    }

    private boolean measure(int objects, Duration stay) throws InterruptedException {
        int keys = Math.max(1, Math.toIntExact((long) objects * ANNOUNCERS / HOLDERS));
        AnnounceNetwork network = new AnnounceNetwork(options.peers(), keys, stay);
        long begunNanos = processNanos();
        network.run();
        double seconds = (processNanos() - begunNanos) / 1e9;
        List<AnnounceNetwork.Day> days = network.days();
        boolean good = true;
        for (int i = 0; i < days.size(); i++) {
            AnnounceNetwork.Day day = days.get(i);
            double perKey = (double) day.messages() / keys;
            System.out.printf(
                    Locale.ROOT,
                    "%10d %10d %4d %11d %11d %11d %11d %10.1f %12.1f %10.2f %7s %9s%n",
                    objects,
                    keys,
                    i + 1,
                    day.requests(),
                    day.announcements(),
                    day.questions(),
                    day.messages(),
                    perKey,
                    ANNOUNCERS * perKey,
                    day.messages() / SECONDS_PER_DAY,
                    day.found() + "/" + AnnounceNetwork.LOOKED_FOR,
                    i + 1 < days.size() ? "" : String.format(Locale.ROOT, "%.1f", seconds));
            good &= stay.isPositive() || day.found() == AnnounceNetwork.LOOKED_FOR;
        }
        if (!good) {
            System.out.println("           NOT ALL THAT WAS LOOKED FOR WAS FOUND");
        }
        return good;
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
