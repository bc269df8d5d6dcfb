package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;

/** CREATE INDEX on a table in use. */
final class CreateIndex implements Operation {

    @Override
    public String id() {
        return "create-index";
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        return false;
    }
}
