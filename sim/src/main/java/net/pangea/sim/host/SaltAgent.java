package net.pangea.sim.host;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Java agent that decides the order in which {@code Set.of} and {@code Map.of} iterate, and may force garbage
 * collections; it runs in the two JVMs of a determinism check only.
 *
 * <p>The JDK draws that order anew for each JVM from a salt in constants of {@code ImmutableCollections}, whose reads are
 * replaced here. The argument {@code forwards} makes every such collection iterate its table in one direction from one
 * end, {@code backwards} in the other from the other: any collection of two or more elements then iterates in the
 * opposite order, so that a difference is certain where two plain JVMs would agree now and then.
 */
public final class SaltAgent {
    private static final String COLLECTIONS = "java/util/ImmutableCollections";
    private static final long COLLECTION_EVERY_MILLIS = 20;

    /** A run is not to consist of collections: of a large heap one takes longer than the run between two. */
    private static final long RUN_PER_COLLECTION = 3;

    private SaltAgent() {}

    /**
     * Called by the JVM before {@code main}.
     *
     * @param argument {@code forwards}, or {@code backwards}, which also forces collections
     */
    public static void premain(String argument, Instrumentation instrumentation) throws UnmodifiableClassException {
        boolean backwards = argument.equals("backwards");
        instrumentation.addTransformer(new Transformer(backwards), true);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().replace('.', '/').startsWith(COLLECTIONS)) {
                instrumentation.retransformClasses(loaded);
            }
        }
        if (backwards) {
            Thread.ofPlatform().daemon().name("forced collections").start(SaltAgent::collectNowAndThen);
        }
    }

    private static void collectNowAndThen() {
        try {
            long took = 0;
            while (true) {
                Thread.sleep(Math.max(COLLECTION_EVERY_MILLIS, RUN_PER_COLLECTION * took));
                long begun = System.nanoTime();
                System.gc();
                took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Replaces the reads of the salt by constants. */
    private record Transformer(boolean backwards) implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (name == null || !name.startsWith(COLLECTIONS)) {
                return null;
            }
            ClassFile classFile = ClassFile.of();
            return classFile.transformClass(
                    classFile.parse(bytes), ClassTransform.transformingMethodBodies(constants()));
        }

        private CodeTransform constants() {
            return (code, element) -> {
                if (element instanceof FieldInstruction read
                        && read.opcode() == Opcode.GETSTATIC
                        && read.owner().asInternalName().equals(COLLECTIONS)
                        && read.name().equalsString("SALT32L")) {
                    code.loadConstant(backwards ? 0xffff_ffffL : 0L);
                } else if (element instanceof FieldInstruction read
                        && read.opcode() == Opcode.GETSTATIC
                        && read.owner().asInternalName().equals(COLLECTIONS)
                        && read.name().equalsString("REVERSE")) {
                    code.loadConstant(backwards ? 1 : 0);
                } else {
                    code.with(element);
                }
            };
        }
    }
}
