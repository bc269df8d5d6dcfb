/**
 * A proof's report as files: {@link dev.sluice.lab.proof.report.ReportJson} for programs, {@link
 * dev.sluice.lab.proof.report.JunitXml} for CI servers, {@link dev.sluice.lab.proof.report.HtmlReport} for people. Pure:
 * texts out of values; must not touch files or a database.
 */
@NullMarked
package dev.sluice.lab.proof.report;

import org.jspecify.annotations.NullMarked;
