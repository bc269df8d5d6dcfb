package dev.sluice.cli.lsp;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Version;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/** A language server for migrations (Language Server Protocol 3.17). Each message is dealt with in its turn. */
public final class LintServer implements LanguageServer, TextDocumentService, WorkspaceService {

    private static final @Nullable PrintWriter NO_TRACE = null;
    private static final @Nullable Object NO_DATA = null;

    private final Workspace workspace;
    private final LanguageClientHolder client = new LanguageClientHolder();
    /** As the client writes them: one path has more than one address. */
    private final Map<Path, String> uris = new HashMap<>();

    private boolean watches;
    private boolean shutDown;

    /** Known once the connection stands. */
    private static final class LanguageClientHolder {
        @Nullable
        LanguageClient client;
    }

    private LintServer(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Serves until the client leaves.
     *
     * @param version PostgreSQL's major version, if the settings have no say in it
     * @return the exit code: 0 when the client said so before it left, as the protocol has it
     */
    public static int serve(InputStream in, OutputStream out, Surroundings surroundings, Optional<Integer> version) {
        try (Workspace workspace = new Workspace(surroundings, version)) {
            LintServer server = new LintServer(workspace);
            Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, in, out, true, NO_TRACE);
            server.client.client = launcher.getRemoteProxy();
            launcher.startListening().get();
            return server.shutDown ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connection to the editor failed", e.getCause());
        }
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams given) {
        InitializeParams params = required(given);
        folders(params.getWorkspaceFolders()).forEach(workspace::add);
        watches = Optional.ofNullable(params.getCapabilities())
                .flatMap(c -> Optional.ofNullable(c.getWorkspace()))
                .flatMap(w -> Optional.ofNullable(w.getDidChangeWatchedFiles()))
                .flatMap(w -> Optional.ofNullable(w.getDynamicRegistration()))
                .orElse(false);
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setTextDocumentSync(TextDocumentSyncKind.Full);
        capabilities.setHoverProvider(true);
        capabilities.setCodeActionProvider(true);
        WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        capabilities.setWorkspace(new WorkspaceServerCapabilities(folders));
        return CompletableFuture.completedFuture(
                new InitializeResult(capabilities, new ServerInfo("sluice", Version.sluice())));
    }

    @Override
    public void initialized(InitializedParams params) {
        LanguageClient known = client.client;
        if (known != null && watches) {
            List<FileSystemWatcher> watchers = new ArrayList<>();
            for (String glob : List.of("**/*.sql", "**/sluice.toml")) {
                watchers.add(new FileSystemWatcher(Either.forLeft(glob)));
            }
            CompletableFuture<Void> unused = known.registerCapability(new RegistrationParams(List.of(new Registration(
                    "files",
                    "workspace/didChangeWatchedFiles",
                    new DidChangeWatchedFilesRegistrationOptions(watchers)))));
        }
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture(new Object());
    }

    /** The client closes the connection after it; then serving ends. */
    @Override
    public void exit() {}

    @Override
    public TextDocumentService getTextDocumentService() {
        return this;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        write(params.getTextDocument().getUri(), params.getTextDocument().getText());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        int last = params.getContentChanges().size() - 1; // each is the whole text, as we asked for
        if (last >= 0) {
            write(
                    params.getTextDocument().getUri(),
                    params.getContentChanges().get(last).getText());
        }
    }

    private void write(String uri, String text) {
        Path file = path(uri);
        uris.put(file, uri);
        workspace.write(file, text);
        publish(List.of(file));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        Path file = path(params.getTextDocument().getUri());
        workspace.close(file);
        publish(params.getTextDocument().getUri(), List.of());
        uris.remove(file);
        publish(workspace.open());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        publish(workspace.open()); // those that come after it are not judged at each keystroke
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return CompletableFuture.completedFuture(
                answers(required(params).getTextDocument().getUri())
                        .flatMap(answers -> answers.hover(params.getPosition()))
                        .orElse(null));
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        String uri = required(params).getTextDocument().getUri();
        List<Either<Command, CodeAction>> actions = new ArrayList<>();
        answers(uri)
                .ifPresent(answers -> answers.actions(uri, params.getRange())
                        .forEach(action -> actions.add(Either.forRight(action))));
        return CompletableFuture.completedFuture(actions);
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        again();
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        again();
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        folders(params.getEvent().getRemoved()).forEach(workspace::remove);
        folders(params.getEvent().getAdded()).forEach(workspace::add);
        again();
    }

    private void again() {
        workspace.forget();
        publish(workspace.open());
    }

    private void publish(List<Path> files) {
        for (Path file : files) {
            String uri = uris.getOrDefault(file, file.toUri().toString());
            workspace.judged(file).ifPresent(judged -> publish(uri, new Answers(judged).diagnostics()));
            LanguageClient known = client.client;
            if (known != null) {
                workspace
                        .invalidSettings()
                        .ifPresent(words -> known.showMessage(new MessageParams(MessageType.Error, words)));
            }
        }
    }

    private void publish(String uri, List<Diagnostic> diagnostics) {
        LanguageClient known = client.client;
        if (known != null) {
            known.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics));
        }
    }

    private Optional<Answers> answers(String uri) {
        return workspace.judged(path(uri)).map(Answers::new);
    }

    /** What the library lets through although the protocol does not. */
    private static <P> P required(@Nullable P params) {
        if (params == null) {
            throw new ResponseErrorException(
                    new ResponseError(ResponseErrorCode.InvalidParams, "the message has no params", NO_DATA));
        }
        return params;
    }

    private static List<Path> folders(@Nullable List<WorkspaceFolder> folders) {
        return folders == null
                ? List.of()
                : folders.stream().map(f -> path(f.getUri())).toList();
    }

    /** A text that is no file, such as one that was never saved, has a name of its own in no directory of migrations. */
    private static Path path(String uri) {
        try {
            return Path.of(URI.create(uri)).normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException | SecurityException e) {
            return Path.of("unsaved", uri.replaceAll("[^A-Za-z0-9._-]", "_"));
        }
    }
}
