package net.pangea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.pangea.ces.ReedSolomon;
import net.pangea.machine.system.SystemMachine;

/** {@code bench ces}: coding of 1 MiB beside the libraries in C, and what each figure should be. */
final class CesComparison {
    static final int DATA_SHARDS = 8;
    static final int PARITY_SHARDS = 4;

    private static final int OBJECT_BYTES = 1 << 20;

    /** Below, the compiler has made objects of vectors. */
    private static final double FLOOR = 2;

    private final int rounds;
    private final List<Target> targets = new ArrayList<>();

    private CesComparison(int rounds) {
        this.rounds = rounds;
    }

    /**
     * Runs all of it and prints what came out.
     *
     * @return whether coding with vectors is as much faster than without as it must be, or there are none
     */
    static boolean run(CesOptions options) throws IOException {
        int declaredBits = declaredVectorBits();
        int vectorBits = options.vectorBits().orElse(declaredBits);
        ReedSolomon code = new ReedSolomon(DATA_SHARDS, PARITY_SHARDS, vectorBits);
        Peers peers = Peers.find();
        System.out.println(Environment.describe());
        System.out.println("vectors    " + declaredBits + " bits declared, " + vectorBits + " asked for, "
                + (code.hasVectors() ? "used" : "none used"));
        System.out.println("C          " + peers.describe());
        System.out.println("object     " + OBJECT_BYTES + " bytes; " + options.rounds()
                + " rounds, in turns; GB/s of object per second of the thread's processor time, medians");
        peers.missing().forEach(file -> System.out.println("           " + file + " is not here: not measured"));
        if (!code.hasVectors()) {
            System.out.println("           no vectors in this JVM or machine: not measured");
        }
        Product product = new Product(DATA_SHARDS, PARITY_SHARDS, vectorBits);
        Product.SUITE.warmUp();
        return new CesComparison(options.rounds()).run(code, product, peers);
    }

    private static int declaredVectorBits() throws IOException {
        Path folder = Files.createTempDirectory("pangea-bench");
        try (SystemMachine machine = SystemMachine.start("bench", folder, _ -> {})) {
            return machine.capabilities().vectorBits();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean run(ReedSolomon code, Product product, Peers peers) {
        List<Target> floors = reedSolomon(new ReedSolomonRaces(code, peers.isal()));
        CodingRaces coding = new CodingRaces(code, product, peers);
        byte[] noise = Corpus.noise(OBJECT_BYTES);
        for (Race race : List.of(coding.seal(noise), coding.open(noise))) {
            show(race, CodingRaces.C);
            targets.add(new Target(race.title() + ", GB/s", race, CodingRaces.JAVA, List.of(), 2.4));
        }
        List<Content> contents = List.of(
                new Content("text", Corpus.text(OBJECT_BYTES)),
                new Content("class files", Corpus.classes(OBJECT_BYTES)),
                new Content("noise", noise));
        for (Content content : contents) {
            against(coding.store(content), 0.95);
            against(coding.fetch(content), 1.0);
        }
        HashedRaces hashed = new HashedRaces(code, product);
        for (Content content : contents) {
            whole(hashed.store(content), HashedRaces.STORE_PARTS);
            whole(hashed.fetch(content), HashedRaces.FETCH_PARTS);
        }
        System.out.println();
        targets.forEach(target -> System.out.println(CesTable.line(target)));
        floors.stream()
                .filter(Target::isMissed)
                .forEach(floor -> System.err.println(
                        "pangea bench: " + floor.what() + ": the compiler makes objects of vectors, see Lanes512"));
        return floors.stream().noneMatch(Target::isMissed);
    }

    private List<Target> reedSolomon(ReedSolomonRaces races) {
        List<Target> floors = new ArrayList<>();
        for (Race race : List.of(races.encode(), races.reconstruct())) {
            show(race, ReedSolomonRaces.ISAL);
            targets.add(new Target(race.title() + ", GB/s", race, ReedSolomonRaces.VECTORS, List.of(), 6));
            floors.add(new Target(
                    race.title() + ", to tables",
                    race,
                    ReedSolomonRaces.VECTORS,
                    List.of(ReedSolomonRaces.TABLES),
                    FLOOR));
        }
        targets.addAll(floors);
        return floors;
    }

    private void against(Race race, double least) {
        show(race, CodingRaces.C);
        targets.add(new Target(race.title() + ", to C", race, CodingRaces.CES, List.of(CodingRaces.C), least));
    }

    private void whole(Race race, List<String> parts) {
        show(race, HashedRaces.WHOLE);
        targets.add(new Target(race.title() + ", to its parts", race, HashedRaces.WHOLE, parts, 0.9));
    }

    private void show(Race race, String reference) {
        System.out.println();
        System.out.print(CesTable.text(race.run(rounds), reference));
    }
}
