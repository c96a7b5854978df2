package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.SILENCE;
import static io.tsvault.lab.proxy.Fault.Leg.REQUEST;
import static io.tsvault.lab.proxy.Fault.Leg.RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How a proxy lives and ends.
@Timeout(60)
class FaultProxyTest {
    @TempDir private Path directory;
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void closingEndsEveryConnectionAndEveryThread() throws Exception {
        Gate request = new Gate();
        Gate response = new Gate();
        FaultProxy proxy =
                to(
                        new Fault.Hold(REQUEST, request),
                        new Fault.Hold(RESPONSE, response),
                        new Fault.Cut(RESPONSE, 1, SILENCE),
                        new Fault.Trickle(RESPONSE, 1, Duration.ofHours(1)),
                        new Fault.Pass());
        try (Raw held = new Raw(proxy.uri());
                Raw alsoHeld = new Raw(proxy.uri());
                Raw silent = new Raw(proxy.uri());
                Raw trickling = new Raw(proxy.uri());
                Raw idle = new Raw(proxy.uri());
                Raw uploading = new Raw(proxy.uri())) {
            held.say(Raw.head("GET", "/"));
            request.awaitArrival();
            alsoHeld.say(Raw.head("GET", "/"));
            response.awaitArrival();
            silent.say(Raw.head("GET", "/")).until("\r\n\r\na");
            trickling.say(Raw.head("GET", "/")).until("\r\n\r\na");
            idle.say(Raw.head("GET", "/")).until(Upstream.LETTERS);
            uploading.say(Raw.head("PUT", "/", "Expect: 100-continue", "Content-Length: 9"));
            uploading.until("\r\n\r\n");
            assertThat(threads("before")).contains("fault-proxy-");

            proxy.close();

            assertThat(threads("after")).doesNotContain("fault-proxy-");
            for (Raw raw : new Raw[] {held, alsoHeld, silent, trickling, idle, uploading}) {
                assertThat(isOver(raw)).isTrue();
            }
        }
        assertThat(proxy.seen()).hasSize(6);
    }

    @Test
    void S01_aProxyThatIsDownRefusesAndComesBackOnTheSamePort() throws Exception {
        try (FaultProxy proxy = to();
                Raw before = new Raw(proxy.uri())) {
            before.say(Raw.head("GET", "/")).until(Upstream.LETTERS);
            for (int outage = 0; outage < 3; outage++) {
                URI uri = proxy.uri();
                proxy.down();

                assertThatThrownBy(() -> new Raw(uri)).isInstanceOf(ConnectException.class);
                assertThat(isOver(before)).isTrue();

                proxy.up();
                assertThat(Raw.ask(uri, "GET", "/")).endsWith(Upstream.LETTERS);
            }
            assertThat(proxy.seen()).hasSize(4);
        }
    }

    @Test
    void nobodyElseGetsThePortOfAProxyThatIsDown() throws Exception {
        try (FaultProxy proxy = to();
                ServerSocket thief = new ServerSocket()) {
            proxy.down();
            thief.setReuseAddress(false);
            assertThatThrownBy(
                            () ->
                                    thief.bind(
                                            new InetSocketAddress(
                                                    InetAddress.ofLiteral("127.0.0.1"),
                                                    proxy.uri().getPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aClosedProxyStaysClosedAndKeepsWhatItSaw() throws Exception {
        FaultProxy proxy = to();
        Raw.ask(proxy.uri(), "GET", "/");
        proxy.close();
        proxy.close();

        assertThat(proxy.seen()).hasSize(1);
        assertThatThrownBy(() -> new Raw(proxy.uri())).isInstanceOf(ConnectException.class);
    }

    @Test
    void aScriptThatFailsIsNotForgotten() throws Exception {
        FaultProxy proxy =
                FaultProxy.to(
                        upstream.uri(),
                        request -> {
                            throw new IllegalStateException("not in the script: " + request.path());
                        });

        assertThat(Raw.ask(proxy.uri(), "GET", "/x?y")).isEmpty();
        assertThatThrownBy(proxy::close)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("not in the script: /x");
    }

    @Test
    void onlyAPlainServerCanStandBehindAProxy() {
        assertThatThrownBy(
                        () ->
                                FaultProxy.to(
                                        URI.create("https://127.0.0.1:1"),
                                        request -> new Fault.Pass()))
                .hasMessageContaining("give http://host:port without a path");
    }

    private FaultProxy to(Fault... faults) {
        return FaultProxy.to(upstream.uri(), Script.inOrder(faults));
    }

    private static boolean isOver(Raw raw) {
        try {
            raw.rest();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /// All threads of this JVM, the virtual ones too.
    private String threads(String name) throws IOException {
        Path file = directory.resolve(name);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
    }
}
