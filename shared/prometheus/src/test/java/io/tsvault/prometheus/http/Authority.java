package io.tsvault.prometheus.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/// An authority that signs certificates, made by the keytool of this JDK.
final class Authority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    Authority(Path folder) throws IOException {
        this.folder = folder;
        keytool("-genkeypair", "authority", "-dname", "CN=authority", "-ext", "bc:c");
        keytool("-exportcert", "authority", "-rfc", "-file", pem().toString());
    }

    /// Its certificate.
    Path pem() {
        return folder.resolve("authority.pem");
    }

    /// Makes a key and signs its certificate.
    ///
    /// @param about options of the certificate
    void sign(String name, String... about) throws IOException {
        Path request = folder.resolve(name + ".csr");
        Path pem = folder.resolve(name + ".pem");
        keytool("-genkeypair", name, "-dname", "CN=" + name);
        keytool("-certreq", name, "-file", request.toString());
        List<String> options =
                new ArrayList<>(
                        List.of("-rfc", "-infile", request.toString(), "-outfile", pem.toString()));
        options.addAll(List.of(about));
        keytool("-gencert", "authority", options.toArray(String[]::new));
        String chain = Files.readString(pem) + Files.readString(pem());
        keytool("-importcert", name, "-noprompt", "-file", Files.writeString(pem, chain) + "");
    }

    /// A certificate that was signed, as the settings want it.
    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    /// The key of it, as the settings want it.
    Path key(String name) throws GeneralSecurityException, IOException {
        byte[] key = store().getKey(name, PASSWORD).getEncoded();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    /// A server with this certificate that says `{}`.
    HttpsServer server(String name, boolean wantsIdentity)
            throws GeneralSecurityException, IOException {
        SSLContext context = context(name);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters tls = context.getDefaultSSLParameters();
                        tls.setNeedClientAuth(wantsIdentity);
                        parameters.setSSLParameters(tls);
                    }
                });
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", OwnServer.packed("identity", body));
        server.start();
        return server;
    }

    private SSLContext context(String name) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        Certificate[] chain = store().getCertificateChain(name);
        keys.setKeyEntry("own", store().getKey(name, PASSWORD), PASSWORD, chain);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("authority", store().getCertificate("authority"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(file, PASSWORD);
        }
        return store;
    }

    private void keytool(String command, String alias, String... options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(command, "-alias", alias, "-storetype", "PKCS12"));
        line.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
        line.addAll(List.of("-storepass", new String(PASSWORD)));
        if (command.equals("-genkeypair")) {
            line.addAll(List.of("-keyalg", "EC"));
        }
        line.addAll(List.of(options));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", line) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
