package dev.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    private Path root;

    @Test
    void fillsADirectoryOnceThoughManyAskAtOnce() throws Exception {
        var cache = new Cache(root.resolve("not/there/yet"));
        var fillings = new AtomicInteger();
        Callable<Path> asking = () -> cache.directory("thing", directory -> {
            fillings.incrementAndGet();
            Files.writeString(directory.resolve("content"), "complete");
        });
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> answers =
                    threads.invokeAll(Stream.generate(() -> asking).limit(8).toList());
            for (Future<Path> answer : answers) {
                assertThat(answer.get().resolve("content")).hasContent("complete");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fillings).hasValue(1);
    }

    @Test
    void doesNotKeepWhatWasNotFinished() throws IOException {
        var cache = new Cache(root);
        assertThatThrownBy(() -> cache.directory("thing", directory -> {
                    Files.writeString(directory.resolve("half"), "");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        Path made = cache.directory("thing", directory -> Files.writeString(directory.resolve("whole"), ""));
        assertThat(made.resolve("half")).doesNotExist();
        assertThat(made.resolve("whole")).exists();
    }
}
