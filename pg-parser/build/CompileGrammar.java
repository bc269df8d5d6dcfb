import java.nio.file.Files;
import java.nio.file.Path;
import run.endive.build.time.compiler.Config;
import run.endive.build.time.compiler.Generator;
import run.endive.compiler.InterpreterFallback;

/**
 * Turns a WebAssembly module into class files. Run by the Maven build as a single-file program.
 *
 * <p>A function too large for a JVM method fails the build: the engine would interpret it, and it is the grammar's hottest code.
 */
public final class CompileGrammar {
    private CompileGrammar() {}

    public static void main(String[] args) throws Exception {
        Path wasm = Path.of(args[0]);
        Path classes = Files.createDirectories(Path.of(args[1]));
        Generator generator = new Generator(Config.builder()
                .withWasmFile(wasm)
                .withName(args[2])
                .withTargetClassFolder(classes)
                .withTargetWasmFolder(classes)
                .withTargetSourceFolder(classes)
                .withInterpreterFallback(InterpreterFallback.valueOf(args[3]))
                .build());
        generator.generateMetaWasm(generator.generateResources());
    }
}
