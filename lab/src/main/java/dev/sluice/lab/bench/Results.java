package dev.sluice.lab.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a run of the benchmark knows, as it is kept in JSON: the page is made of this and nothing else.
 *
 * @param environment versions, hardware, server settings
 * @param notices what was left out or done in another way than asked for
 * @param failures runs that did not come to their end, with the reason
 */
public record Results(
        Map<String, String> environment, List<String> notices, List<String> failures, List<Sample> samples) {
    public Results {
        environment = new TreeMap<>(environment);
        notices = List.copyOf(notices);
        failures = List.copyOf(failures);
        samples = List.copyOf(samples);
    }

    public static Results none() {
        return new Results(Map.of(), List.of(), List.of(), List.of());
    }

    /** @throws IOException when the file is not there or not of this shape */
    public static Results read(Path file) throws IOException {
        Results read = new Gson().fromJson(Files.readString(file), Results.class);
        if (read == null) {
            throw new IOException(file + " is empty");
        }
        return read;
    }

    /** Replaces the file at once, so that a killed run leaves what it had measured. */
    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, json() + "\n");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    String json() {
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(this);
    }
}
