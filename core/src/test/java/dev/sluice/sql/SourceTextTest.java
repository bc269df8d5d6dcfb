package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SourceTextTest {
    @Test
    void countsLinesAndColumnsFromOne() {
        SourceText source = new SourceText("a.sql", "one\ntwo\n");

        assertThat(source.position(0)).isEqualTo(new Position("a.sql", 1, 1));
        assertThat(source.position(3)).isEqualTo(new Position("a.sql", 1, 4));
        assertThat(source.position(4)).isEqualTo(new Position("a.sql", 2, 1));
        assertThat(source.position(8)).isEqualTo(new Position("a.sql", 3, 1));
        assertThat(source.position(6)).hasToString("a.sql:2:3");
    }

    @Test
    void everyKindOfLineEndCountsOnce() {
        SourceText source = new SourceText("a.sql", "a\r\nb\rc\nd");

        assertThat(source.position(source.text().indexOf('b')).line()).isEqualTo(2);
        assertThat(source.position(source.text().indexOf('c')).line()).isEqualTo(3);
        assertThat(source.position(source.text().indexOf('d')).line()).isEqualTo(4);
    }

    @Test
    void aCharacterBeyondTheBasicPlaneIsOneColumn() {
        SourceText source = new SourceText("a.sql", "'\uD83D\uDE00' x");

        assertThat(source.position(source.text().indexOf('x')).column()).isEqualTo(5);
    }

    @Test
    void emptyTextHasAPosition() {
        assertThat(new SourceText("a.sql", "").position(0)).isEqualTo(new Position("a.sql", 1, 1));
        assertThat(new SourceText("a.sql", "").excerpt(0)).isEqualTo("1 | \n    ^");
    }

    @Test
    void offsetsOutsideTheTextAreRefused() {
        SourceText source = new SourceText("a.sql", "abc");

        assertThatThrownBy(() -> source.position(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> source.position(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theCaretPointsAtTheCharacterAlsoBehindATab() {
        SourceText source = new SourceText("a.sql", "x;\r\n\tDROP TABLE t;\r\n");

        assertThat(source.excerpt(source.text().indexOf("DROP"))).isEqualTo("2 |  DROP TABLE t;\n     ^");
    }

    @Test
    void longLinesAreCutAroundThePlace() {
        String line = "x".repeat(100_000) + "HERE" + "y".repeat(100_000);
        String[] shown = new SourceText("a.sql", line).excerpt(100_000).split("\n");

        assertThat(shown[0]).hasSizeLessThan(200).contains("HERE");
        assertThat(shown[0].charAt(shown[1].indexOf('^'))).isEqualTo('H');
    }
}
