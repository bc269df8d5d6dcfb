package dev.sluice.lab.fuzz;

import java.util.List;

/** A kind of change that a migration makes, with how often it is thrown compared with others. */
record Form(String name, int weight, Thrower thrower) {

    /** Statements that belong together, without semicolons; none where the schema offers nothing for this kind. */
    interface Thrower {
        List<String> statements(Draw draw);
    }
}
