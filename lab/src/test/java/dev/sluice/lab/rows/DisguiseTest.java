package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DisguiseTest {

    private final Disguise disguise = new Disguise(5, Set.of("active"));

    @Test
    void lengthAndCharacterClassesStay() {
        assertThat(disguise.text("Anna O'Neil, Haus 12b"))
                .matches("[A-Z][a-z]{3} [A-Z]'[A-Z][a-z]{3}, [A-Z][a-z]{3} [1-9]\\d[a-z]");
        assertThat(disguise.text("+49 030 1234567")).matches("\\+[1-9]\\d 0\\d\\d [1-9]\\d{6}");
        assertThat(disguise.text("Žofie 日本 😀")).matches("\\p{Lu}\\p{Ll}{4} \\p{IsHan}{2} 😀");
        assertThat(disguise.text("a").codePoints()).hasSize(1);
    }

    @Test
    void nothingOfANameIsLeft() {
        assertThat(disguise.text("Schwarzenegger")).isNotEqualToIgnoringCase("Schwarzenegger");
        assertThat(disguise.text("anna@company.com")).doesNotContain("anna", "company");
    }

    @Test
    void addressesStayAddressesOfDomainsThatDoNotExist() {
        assertThat(disguise.text("Anna.Smith+x@mail.company.com"))
                .matches("[A-Z][a-z]{3}\\.[A-Z][a-z]{4}\\+[a-z]@[a-z]{4}\\.[a-z]{7}\\.tst");
        assertThat(disguise.text("a@b.org")).isNotEqualTo(disguise.text("a@b.com"));
    }

    @Test
    void equalTextsStayEqualAndDifferentOnesDifferentWhateverTheirCase() {
        Set<String> seen = new HashSet<>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = '0'; b <= '9'; b++) {
                String text = "" + a + b;
                assertThat(disguise.text(text)).isEqualTo(disguise.text(text));
                assertThat(seen.add(disguise.text(text))).as(text).isTrue();
                assertThat(disguise.text(text.toUpperCase(Locale.ROOT)))
                        .isEqualTo(disguise.text(text).toUpperCase(Locale.ROOT));
            }
        }
    }

    @Test
    void whatTheSchemaNamesAndWhatSaysNothingStays() {
        assertThat(List.of("active", "", " - ", "0", "😀"))
                .allSatisfy(t -> assertThat(disguise.text(t)).isEqualTo(t));
    }

    @Test
    void anotherSeedGivesOtherTexts() {
        assertThat(new Disguise(6, Set.of()).text("Schwarzenegger")).isNotEqualTo(disguise.text("Schwarzenegger"));
        assertThat(new Disguise(5, Set.of("active")).text("Schwarzenegger")).isEqualTo(disguise.text("Schwarzenegger"));
    }

    @Test
    void stringsInsideDocumentsAndArraysAreReplacedAndNothingElse() {
        Values none = random -> "";
        assertThat(DisguisedColumn.DOCUMENT.replace(
                        "{\"name\": \"Anna\", \"n\": [1, \"b\\\"c\", null], \"active\":\"active\"}", disguise, none))
                .matches(
                        "\\{\"name\": \"[A-Z][a-z]{3}\", \"n\": \\[1, \"[a-z]\\\\\"[a-z]\", null], \"active\":\"active\"}")
                .doesNotContain("Anna");
        assertThat(DisguisedColumn.DOCUMENT.replace("\"colour\"=>\"blueish\", \"x\"=>NULL", disguise, none))
                .matches("\"colour\"=>\"[a-z]{7}\", \"x\"=>NULL")
                .doesNotContain("blueish");
        assertThat(DisguisedColumn.TEXTS.replace("{Anna,\"two words\",NULL,{\"a\\\\b\"}}", disguise, none))
                .matches("\\{\"[A-Z][a-z]{3}\",\"[a-z]{3} [a-z]{5}\",NULL,\\{\"[a-z]\\\\\\\\[a-z]\"}}");
        assertThat(DisguisedColumn.BYTES.replace("\\x00ff10", disguise, none)).matches("\\\\x[0-9a-f]{6}");
    }
}
