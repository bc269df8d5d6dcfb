package dev.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarArchiveTest {
    private static final byte[] END = new byte[1024];

    @TempDir
    private Path directory;

    @Test
    void unpacksFilesDirectoriesAndLinks() throws IOException {
        byte[] archive = join(
                header("bin/", '5', 0, 0755, ""),
                header("bin/tool", '0', 5, 0755, ""),
                block("hello"),
                header("lib/libx.so", '2', 0, 0777, "libx.so.1"),
                header("empty", '0', 0, 0644, ""),
                END);

        new TarArchive(new ByteArrayInputStream(archive)).unpackInto(directory);

        assertThat(directory.resolve("bin/tool")).hasContent("hello").isExecutable();
        assertThat(Files.readSymbolicLink(directory.resolve("lib/libx.so"))).hasToString("libx.so.1");
        assertThat(directory.resolve("empty")).isEmptyFile();
        assertThat(Files.isExecutable(directory.resolve("empty"))).isFalse();
    }

    @Test
    void refusesToWriteOutside() {
        assertThatThrownBy(() -> unpack(join(header("../evil", '0', 0, 0644, ""), END)))
                .hasMessageContaining("../evil");
        assertThat(directory.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> unpack(join(header("long", 'L', 0, 0644, ""), END)))
                .hasMessageContaining("Unknown kind of entry");
    }

    @Test
    void noticesThatTheEndIsMissing() {
        assertThatThrownBy(() -> unpack(header("cut", '0', 700, 0644, ""))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> unpack(header("dir/", '5', 0, 0755, ""))).isInstanceOf(EOFException.class);
    }

    private void unpack(byte[] archive) throws IOException {
        new TarArchive(new ByteArrayInputStream(archive)).unpackInto(directory);
    }

    private static byte[] header(String name, char kind, int size, int mode, String link) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, String.format(Locale.ROOT, "%07o", mode));
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        header[156] = (byte) kind;
        put(header, 157, link);
        put(header, 257, "ustar  ");
        return header;
    }

    private static byte[] block(String content) {
        byte[] block = new byte[512];
        put(block, 0, content);
        return block;
    }

    private static void put(byte[] target, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    private static byte[] join(byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }
}
