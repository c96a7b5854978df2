package io.tsvault.prometheus.http;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/// Builds the HTTP client, with everything switched off that it would do by itself.
final class Client {
    /// More than one source is ever read with at once.
    private static final int MOST_CONNECTIONS = 64;

    private Client() {}

    static CloseableHttpClient of(ServerSettings.Parts settings) {
        return HttpClients.custom()
                .setConnectionManager(connections(settings))
                .setDefaultRequestConfig(request(settings))
                .setRequestExecutor(new PatientOnce(settings.timeouts().idle()))
                .setProxy(
                        settings.proxy()
                                .map(p -> new HttpHost(p.getScheme(), p.getHost(), p.getPort()))
                                .orElse(null))
                .setUserAgent("tsvault")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static RequestConfig request(ServerSettings.Parts settings) {
        return RequestConfig.custom()
                .setResponseTimeout(timeout(settings.timeouts().firstByte()))
                .setConnectionRequestTimeout(timeout(settings.timeouts().total()))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(ServerSettings.Parts settings) {
        Timeout connect = timeout(settings.timeouts().connect());
        PoolingHttpClientConnectionManagerBuilder connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(connect)
                                        .setSocketTimeout(connect) // of the TLS handshake
                                        .build());
        if (settings.url().getScheme().equalsIgnoreCase("https")) {
            connections.setTlsSocketStrategy(
                    new DefaultClientTlsStrategy(Tls.context(settings.tls())));
        }
        return connections.build();
    }

    private static Timeout timeout(Duration time) {
        return Timeout.of(time);
    }

    /// Behind the head of an answer, waits no longer than a body may pause.
    private static final class PatientOnce extends HttpRequestExecutor {
        private final Timeout idle;

        PatientOnce(Duration idle) {
            this.idle = timeout(idle);
        }

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback callback,
                HttpContext context)
                throws IOException, HttpException {
            ClassicHttpResponse response = super.execute(request, connection, callback, context);
            connection.setSocketTimeout(idle);
            return response;
        }
    }
}
