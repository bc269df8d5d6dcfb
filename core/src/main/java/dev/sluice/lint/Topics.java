package dev.sluice.lint;

import dev.sluice.lint.rule.Rules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that findings are named after. Each has a page. */
public final class Topics {

    /** What is found without a rule: by trying statements on a server, and in comments. */
    public static final List<Topic> OTHERS = Stream.concat(
                    ObservedFindings.TOPICS.stream(), Stream.of(Suppressions.TOPIC))
            .toList();

    public static final List<Topic> ALL = Stream.concat(
                    Rules.ALL.stream().map(rule -> new Topic(rule.id(), rule.severity(), rule.about())),
                    OTHERS.stream())
            .toList();

    private Topics() {}

    public static Optional<Topic> of(String id) {
        return ALL.stream().filter(topic -> topic.id().equals(id)).findFirst();
    }
}
