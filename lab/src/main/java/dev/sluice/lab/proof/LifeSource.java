package dev.sluice.lab.proof;

import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.run.RunListener;
import java.util.function.Function;

/** Begins the life of one migration in a database. */
interface LifeSource {

    Life on(TestDatabase database, Function<Life, RunListener> listener);
}
