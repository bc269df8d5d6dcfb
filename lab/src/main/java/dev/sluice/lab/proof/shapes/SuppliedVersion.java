package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.proof.shapes.ApplicationScript.Template;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends the statements of a user's application, each once in each state, in their order. */
record SuppliedVersion(Optional<ApplicationScript> script) implements ApplicationVersion {

    @Override
    public Statements on(Session reference, Catalog catalog, List<QualifiedName> targets, long seed) {
        return new Sending(reference, script.map(ApplicationScript::templates).orElse(List.of()));
    }

    private final class Sending implements Statements {
        private final Session reference;
        private final List<Template> templates;
        private final Map<String, List<String>> values = new HashMap<>();
        private int sent;

        Sending(Session reference, List<Template> templates) {
            this.reference = reference;
            this.templates = templates;
        }

        @Override
        public int count() {
            return templates.size();
        }

        @Override
        public boolean isSupplied() {
            return true;
        }

        @Override
        public Optional<VersionStatement> next(Set<QualifiedName> untouchable) {
            int number = sent % templates.size();
            int round = sent / templates.size();
            sent++;
            if (number == 0) {
                values.clear();
            }
            Optional<String> sql = filled(templates.get(number), round);
            return sql.map(VersionStatement::of)
                    .filter(statement -> untouchable.stream().noneMatch(table -> statement.mentions(table.name())));
        }

        /** Empty when a parameter has no value now: its query returned nothing. */
        private Optional<String> filled(Template template, int round) {
            StringBuilder sql = new StringBuilder(template.texts().get(0));
            for (int i = 0; i < template.names().size(); i++) {
                List<String> all = values.computeIfAbsent(template.names().get(i), this::values);
                if (all.isEmpty()) {
                    return Optional.empty();
                }
                sql.append(all.get(round % all.size())).append(template.texts().get(i + 1));
            }
            return Optional.of(sql.toString());
        }

        private List<String> values(String parameter) {
            String source = script.map(s -> s.parameters().get(parameter)).orElse("");
            List<Token> tokens = Tokens.of(source);
            boolean query = !tokens.isEmpty()
                    && (tokens.get(0).isWord("select")
                            || tokens.get(0).isWord("with")
                            || tokens.get(0).isWord("values"));
            return query ? asked(source) : list(source, tokens);
        }

        private List<String> asked(String query) {
            try {
                return reference.query(
                        query, row -> row.textIfAny(1).map(Identifier::literal).orElse("NULL"));
            } catch (DatabaseException e) {
                if (e.isConnectionLost()) {
                    throw e;
                }
                return List.of("(" + query + ")"); // the statement will fail as the query does, and be reported
            }
        }

        private List<String> list(String source, List<Token> tokens) {
            List<String> values = new ArrayList<>();
            int from = 0;
            for (Token token : tokens) {
                if (token.depth() == 0 && token.is(",")) {
                    values.add(source.substring(from, token.start()).strip());
                    from = token.end();
                }
            }
            values.add(source.substring(from).strip());
            return values;
        }
    }
}
