package dev.sluice.cli.lsp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cli;
import dev.sluice.cli.Interruption;
import dev.sluice.cli.Streams;
import dev.sluice.cli.TestSurroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An editor at the other end of two pipes. */
class LintServerTest {

    @TempDir
    private Path temporary;

    private Path directory = Path.of("");
    private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final PipedOutputStream toServer = new PipedOutputStream();
    private LanguageServer server = LSPLauncher.createClientLauncher(
                    new Editor(), PipedInputStream.nullInputStream(), PipedOutputStream.nullOutputStream())
            .getRemoteProxy();
    private int version;

    @BeforeEach
    void start() throws Exception {
        directory = temporary.toRealPath();
        PipedOutputStream fromServer = new PipedOutputStream();
        Streams streams = new Streams(
                new PipedInputStream(toServer, 1 << 20),
                new PrintStream(fromServer, false, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        PipedInputStream in = new PipedInputStream(fromServer, 1 << 20);
        Thread thread = new Thread(() -> exit.complete(
                new Cli(TestSurroundings.of(directory, Map.of()), streams, Interruption.none()).run("lint", "--lsp")));
        thread.setDaemon(true);
        thread.start();
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(new Editor(), in, toServer);
        var unused = launcher.startListening();
        server = launcher.getRemoteProxy();
        InitializeParams initialize = new InitializeParams();
        initialize.setCapabilities(new ClientCapabilities());
        initialize.setWorkspaceFolders(
                List.of(new WorkspaceFolder(directory.toUri().toString(), "project")));
        assertThat(server.initialize(initialize)
                        .get(60, SECONDS)
                        .getServerInfo()
                        .getName())
                .isEqualTo("sluice");
        server.initialized(new InitializedParams());
    }

    @AfterEach
    void stop() throws Exception {
        server.shutdown().get(60, SECONDS);
        server.exit();
        toServer.close();
        assertThat(exit.get(60, SECONDS)).isZero();
    }

    @Test
    void judgesWhatIsTypedByTheFilesBefore() throws Exception {
        write("migrations/20260101000000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a varchar(5), b int);");
        Path file = write("migrations/20260102000000_u.sql", "");
        assertThat(rules(open(file, "ALTER TABLE t ALTER a TYPE text;"))).doesNotContain("change-type-rewrite");

        Diagnostic found = one(change(file, "\n  ALTER TABLE t ALTER /* 😀 */ b TYPE bigint;"), "change-type-rewrite");

        assertThat(found.getRange()).as("UTF-16 units").isEqualTo(range(1, 31, 32));
        assertThat(found.getSource()).isEqualTo("sluice");
        Hover hover = server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier(uri(file)), new Position(1, 31)))
                .get(60, SECONDS);
        assertThat(hover.getContents().getRight().getValue())
                .contains("`change-type-rewrite`")
                .contains("Lock: `ACCESS EXCLUSIVE`")
                .contains("Instead: ");
    }

    @Test
    void aSyntaxErrorIsWhereItIsAndGoesAway() throws Exception {
        Path file = write("migrations/20260102000000_u.sql", "");
        List<Diagnostic> diagnostics = open(file, "SELECT 'ä😀' FROM FROM t;");
        assertThat(diagnostics).hasSize(1);
        assertThat(diagnostics.get(0).getMessage().getLeft()).isEqualTo("syntax error at or near \"FROM\"");
        assertThat(diagnostics.get(0).getRange()).isEqualTo(range(0, 18, 22));
        assertThat(change(file, "SELECT 'ä😀' FROM t;")).isEmpty();
        assertThat(change(file, "SELECT (")).hasSize(1);
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri(file))));
        assertThat(next(file)).isEmpty();
    }

    @Test
    void offersFixesAndWaysToAccept() throws Exception {
        Path file = write("migrations/20260102000000_u.sql", "");
        String text = "-- sluice:transaction off\n\nCREATE INDEX i ON t (a);\n";
        Range at = one(open(file, text), "create-index-blocking").getRange();

        List<CodeAction> actions = server
                .getTextDocumentService()
                .codeAction(new CodeActionParams(
                        new TextDocumentIdentifier(uri(file)), at, new CodeActionContext(List.of())))
                .get(60, SECONDS)
                .stream()
                .map(either -> either.getRight())
                .toList();

        String mended = apply(text, action(actions, "Mend create-index-blocking"));
        assertThat(mended).isEqualTo("-- sluice:transaction off\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n");
        String accepted = apply(text, action(actions, "Accept create-index-blocking with a reason"));
        assertThat(accepted)
                .isEqualTo("-- sluice:transaction off\n\n"
                        + "-- sluice:allow create-index-blocking reason=\"\"\nCREATE INDEX i ON t (a);\n");
        assertThat(change(file, accepted))
                .as("the reason is missing")
                .anyMatch(d -> d.getMessage().getLeft().contains("reason"));
        assertThat(rules(change(file, accepted.replace("\"\"", "\"small\"")))).doesNotContain("create-index-blocking");
    }

    @Test
    void whatIsNotSavedCountsAndWhatIsDeletedDoesNot() throws Exception {
        Path first = write("migrations/20260101000000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);");
        Path second = write("migrations/20260102000000_u.sql", "");
        assertThat(rules(open(second, "ALTER TABLE t ALTER a TYPE text;"))).contains("change-type-rewrite");

        open(first, "CREATE TABLE t (id bigint PRIMARY KEY, a varchar(3));");
        server.getTextDocumentService().didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri(first))));
        assertThat(rules(next(second))).doesNotContain("change-type-rewrite");

        server.getTextDocumentService()
                .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri(first))));
        assertThat(rules(next(second))).as("the file on disk again").contains("change-type-rewrite");
        Files.delete(first);
        server.getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(List.of(new FileEvent(uri(first), FileChangeType.Deleted))));
        assertThat(one(next(second), "change-type-rewrite").getMessage().getLeft())
                .startsWith("possible: ");
    }

    @Test
    void aTextThatWasNeverSavedIsJudgedByItself() throws Exception {
        write("migrations/20260101000000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);");

        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(
                        "untitled:Untitled-1", "sql", ++version, "ALTER TABLE t ALTER a TYPE text;")));
        PublishDiagnosticsParams next = Objects.requireNonNull(published.poll(60, SECONDS));

        assertThat(next.getUri()).isEqualTo("untitled:Untitled-1");
        assertThat(one(next.getDiagnostics(), "change-type-rewrite")
                        .getMessage()
                        .getLeft())
                .startsWith("possible: ");
    }

    @Test
    void whatNoLaterFileValidatesIsTold() throws Exception {
        write("migrations/20260101000000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);");
        Path file = write("migrations/20260102000000_u.sql", "");
        String text = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;";
        assertThat(rules(open(file, text))).as("the next one may").doesNotContain("not-valid-never-validated");

        Path last = write("migrations/20260103000000_v.sql", "ALTER TABLE t ADD COLUMN b int;");
        server.getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(List.of(new FileEvent(uri(last), FileChangeType.Created))));
        assertThat(rules(next(file))).contains("not-valid-never-validated");

        write("migrations/20260103000000_v.sql", "ALTER TABLE t VALIDATE CONSTRAINT c;");
        server.getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(List.of(new FileEvent(uri(last), FileChangeType.Changed))));
        assertThat(rules(next(file))).doesNotContain("not-valid-never-validated");
    }

    @Test
    void settingsAreReadAgain() throws Exception {
        write("db/one/V1__t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a varchar(3));");
        Path file = write("db/two/V2__u.sql", "");
        assertThat(one(open(file, "ALTER TABLE t ALTER a TYPE text;"), "change-type-rewrite")
                        .getMessage()
                        .getLeft())
                .startsWith("possible: ");

        Path settings = write("sluice.toml", "dir = \"db\"\n");
        server.getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(List.of(new FileEvent(uri(settings), FileChangeType.Created))));

        assertThat(rules(next(file))).doesNotContain("change-type-rewrite");
    }

    private static TextEdit action(List<CodeAction> actions, String title) {
        CodeAction action = actions.stream()
                .filter(a -> a.getTitle().equals(title))
                .findFirst()
                .orElseThrow();
        return action.getEdit().getChanges().values().iterator().next().get(0);
    }

    private static String apply(String text, TextEdit edit) {
        return text.substring(0, offset(text, edit.getRange().getStart()))
                + edit.getNewText()
                + text.substring(offset(text, edit.getRange().getEnd()));
    }

    private static int offset(String text, Position position) {
        int at = 0;
        for (int line = 0; line < position.getLine(); line++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + position.getCharacter();
    }

    private static Range range(int line, int from, int to) {
        return new Range(new Position(line, from), new Position(line, to));
    }

    private static List<String> rules(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(d -> d.getCode() != null)
                .map(d -> d.getCode().getLeft())
                .toList();
    }

    private static Diagnostic one(List<Diagnostic> diagnostics, String rule) {
        return diagnostics.stream()
                .filter(d -> d.getCode() != null && d.getCode().getLeft().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not among " + diagnostics));
    }

    private List<Diagnostic> open(Path file, String text) throws InterruptedException {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(file), "sql", ++version, text)));
        return next(file);
    }

    private List<Diagnostic> change(Path file, String text) throws InterruptedException {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri(file), ++version),
                        List.of(new TextDocumentContentChangeEvent(text))));
        return next(file);
    }

    /** The next answer about a file; those about others are passed over. */
    private List<Diagnostic> next(Path file) throws InterruptedException {
        while (true) {
            PublishDiagnosticsParams next =
                    Objects.requireNonNull(published.poll(60, SECONDS), "no answer within a minute");
            if (next.getUri().equals(uri(file))) {
                return next.getDiagnostics();
            }
        }
    }

    private static String uri(Path file) {
        return file.toUri().toString();
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, text);
    }

    /** Takes what the server says. */
    private final class Editor implements LanguageClient {
        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.add(diagnostics);
        }

        @Override
        public void telemetryEvent(Object object) {}

        @Override
        public void showMessage(MessageParams message) {}

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
            return CompletableFuture.completedFuture(new MessageActionItem("ok"));
        }

        @Override
        public void logMessage(MessageParams message) {}
    }
}
