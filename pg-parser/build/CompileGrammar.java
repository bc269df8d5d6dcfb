import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import run.endive.build.time.compiler.Config;
import run.endive.build.time.compiler.Generator;
import run.endive.compiler.InterpreterFallback;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.SectionId;

/**
 * Turns a WebAssembly module into class files. Run by the Maven build as a single-file program.
 *
 * <p>The module's data, thousands of pieces, become one image of the memory they are for: they are most of the time that
 * loading the module takes, and the image is a single copy.
 *
 * <p>A function too large for a JVM method fails the build: the engine would interpret it, and it is the grammar's hottest code.
 */
public final class CompileGrammar {
    private static final int MAGIC_AND_VERSION = 8;

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
        String file = args[2].replace('.', '/');
        Path meta = classes.resolve(file + ".meta");
        byte[] module = Files.readAllBytes(meta);
        Files.write(
                classes.resolve(file + ".data"),
                image(Parser.parse(module).dataSection().dataSegments()));
        Files.write(meta, withoutData(module));
    }

    /** Address 0 is the image's first byte. */
    private static byte[] image(DataSegment[] segments) {
        byte[] image = new byte[0];
        for (DataSegment segment : segments) {
            int start = address((ActiveDataSegment) segment);
            image = Arrays.copyOf(image, Math.max(image.length, start + segment.data().length));
            System.arraycopy(segment.data(), 0, image, start, segment.data().length);
        }
        return image;
    }

    private static int address(ActiveDataSegment segment) {
        Instruction first = segment.offsetInstructions().get(0);
        if (first.opcode() != OpCode.I32_CONST) {
            throw new IllegalStateException("a data segment is not at a fixed address");
        }
        return (int) first.operand(0);
    }

    private static byte[] withoutData(byte[] module) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(module);
        kept.write(module, 0, MAGIC_AND_VERSION);
        in.position(MAGIC_AND_VERSION);
        while (in.hasRemaining()) {
            int start = in.position();
            int id = in.get();
            int size = unsigned(in);
            in.position(in.position() + size);
            if (id != SectionId.DATA && id != SectionId.DATA_COUNT) {
                kept.write(module, start, in.position() - start);
            }
        }
        return kept.toByteArray();
    }

    /** LEB128. */
    private static int unsigned(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get();
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }
}
