package dev.sluice.lab.bench;

import java.util.List;

/** A question that the benchmark answers. */
public interface Scenario {

    /** Its name on the command line and in the files. */
    String id();

    /** A heading. */
    String title();

    /** What is measured, under which conditions, and what is not: a paragraph of the page. */
    String about();

    /** The methods in the order of the page, whether or not all can run here. */
    List<String> methods();

    /** The method that ratios are taken to. */
    String reference();

    List<Measure> measures();

    List<Target> targets();

    /** The most telling first: what has to be left out for lack of time is taken from the end. */
    List<Variant> variants(Tools tools);
}
