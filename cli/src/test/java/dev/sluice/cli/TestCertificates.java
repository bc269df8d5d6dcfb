package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates that are made for one test, by the JDK's keytool: an authority and what it signs. */
final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;
    private final String authority;

    TestCertificates(Path directory, String authority) throws IOException, InterruptedException {
        this.directory = directory;
        this.authority = authority;
        keytool("-alias", authority, "-dname", "CN=" + authority, "-ext", "bc:c");
    }

    /** @param name the subject's common name */
    void sign(String name, String... extensions) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-alias", name, "-dname", "CN=" + name, "-signer", authority));
        for (String extension : extensions) {
            arguments.addAll(List.of("-ext", extension));
        }
        keytool(arguments.toArray(String[]::new));
    }

    /** The certificate alone, in PEM. */
    String certificate(String name) throws IOException, GeneralSecurityException {
        Certificate certificate = store().getCertificate(name);
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    /** The private key as PKCS #8, in PEM. */
    String key(String name) throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", store().getKey(name, PASSWORD).getEncoded());
    }

    /** Writes a PEM text to a file that only its owner may read. */
    Path file(String name, String pem) throws IOException {
        Path file = Files.writeString(directory.resolve(name), pem);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(storeFile())) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private Path storeFile() {
        return directory.resolve(authority + ".p12");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                storeFile().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
