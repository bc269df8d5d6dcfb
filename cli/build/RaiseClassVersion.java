import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar, lifting its classes to Java 8's format. The JVM's class data sharing leaves out classes older than
 * Java 6's, which picocli's are for the sake of old users; with them shared, the program starts in two thirds of the
 * time. Only the format changes: new classes carry stack maps, which ASM computes. Used by cli/pom.xml.
 */
final class RaiseClassVersion {
    private static final int LOWEST = Opcodes.V1_8;

    private RaiseClassVersion() {}

    public static void main(String... arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (var source = new JarFile(from.toFile());
                var classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                OutputStream file = Files.newOutputStream(to);
                var target = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(source.entries())) {
                byte[] content;
                try (var in = source.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                var copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                target.putNextEntry(copy);
                target.write(entry.getName().endsWith(".class") ? raised(content, classes) : content);
                target.closeEntry();
            }
        }
    }

    private static byte[] raised(byte[] original, ClassLoader classes) {
        var reader = new ClassReader(original);
        if (reader.readUnsignedShort(6) >= LOWEST) {
            return original;
        }
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes; // to find the common superclass of two types
            }
        };
        reader.accept(new VersionLifter(writer), 0);
        return writer.toByteArray();
    }

    private static final class VersionLifter extends org.objectweb.asm.ClassVisitor {
        VersionLifter(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            super.visit(LOWEST, access, name, signature, superName, interfaces);
        }
    }
}
