package dev.sluice.doctor;

import java.util.List;

/** One class of trouble: recognises it in the evidence and explains it. Stateless and thread-safe. */
interface Check {

    /** Stable: scripts and docs/troubles.md name it. */
    String id();

    List<Finding> find(Case subject);
}
