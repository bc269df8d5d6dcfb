package dev.sluice.lab.proof.shapes;

import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.Check;
import dev.sluice.lab.proof.Finding;
import dev.sluice.lab.proof.StageResult;
import java.util.ArrayList;
import java.util.List;

/** Counts what was checked and keeps what was wrong. For one thread. */
final class Findings {

    /** More of them would only say the same again. */
    private static final int MOST = 25;

    private final Aspect aspect;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long checked;

    Findings(Aspect aspect) {
        this.aspect = aspect;
    }

    void checked() {
        checked++;
    }

    void wrong(Check check, String when, String object, String attribute, String expected, String actual) {
        if (findings.size() < MOST) {
            findings.add(new Finding(check, when, object, attribute, expected, actual));
        }
    }

    /** What the reader should know although it is not wrong. */
    void tell(String note) {
        notes.add(note);
    }

    /** Nothing after this would be worth reading. */
    boolean isFull() {
        return findings.size() >= MOST;
    }

    int count() {
        return findings.size();
    }

    StageResult result() {
        return new StageResult(aspect, checked, findings, notes);
    }
}
