package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE r LOGIN PASSWORD 'hunter2'",
                "alter user r with encrypted password E'hun\\'ter2 hunter2'",
                "CREATE USER MAPPING FOR r SERVER s OPTIONS (user 'u', password 'hunter2')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2 user=u' PUBLICATION p",
                "SELECT dblink_connect('postgres://u:hunter2@host/db')",
            })
    void passwords_go(String sql) {
        assertThat(Redaction.of(sql)).doesNotContain("hunter2").startsWith(sql.substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET password = crypt(password, gen_salt('bf'))",
                "ALTER TABLE users ADD COLUMN password text DEFAULT ''",
                "SELECT 'https://example.org/path'",
            })
    void everything_else_stays(String sql) {
        assertThat(Redaction.of(sql)).isEqualTo(sql);
    }

    @Test
    void json_stays_json() {
        String json = "{\"sql\":\"CREATE ROLE r PASSWORD 'a\\\"b'\",\"next\":1}";
        assertThat(Redaction.of(json))
                .isEqualTo("{\"sql\":\"CREATE ROLE r PASSWORD " + Redaction.MARK + "\",\"next\":1}");
    }
}
