package dev.sluice.migration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a layout has made of a listing so far. Used by one thread while reading, then thrown away. */
final class Collected {
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> claimed = new HashSet<>();

    void add(Migration migration) {
        migrations.add(migration);
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /** This file has been dealt with, be it by a problem. */
    void claim(SourceFile file) {
        claimed.add(file.path());
    }

    boolean isClaimed(SourceFile file) {
        return claimed.contains(file.path());
    }

    List<Migration> migrations() {
        return List.copyOf(migrations);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
