package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which request means what.
final class Router {
    private static final Pattern LABEL_VALUES = Pattern.compile("/api/v1/label/([^/]+)/values");

    private final Map<String, Map<String, Handler>> routes = new LinkedHashMap<>();
    private final Json json;
    private final Generation generation;
    private final CatalogApi catalog;

    private interface Handler extends Function<Request, Reply> {}

    Router(TwinOptions options) {
        Head head = new Head(options);
        generation = options.generation();
        json = new Json(generation);
        catalog = new CatalogApi(head, options);
        QueryApi query = new QueryApi(head, options);
        StatusApi status = new StatusApi(head, options);
        post("/api/v1/write", new WriteReceiver(head, options)::write);
        post("/api/v1/read", new RemoteReader(head, options)::read);
        getOrPost("/api/v1/query", api(query::instant));
        getOrPost("/api/v1/query_range", api(query::range));
        getOrPost("/api/v1/labels", api(catalog::labelNames));
        getOrPost("/api/v1/series", api(catalog::series));
        route("DELETE", "/api/v1/series", guarded(_ -> dropSeries()));
        get("/api/v1/metadata", api(_ -> catalog.metadata()));
        get("/api/v1/status/buildinfo", api(_ -> status.buildInfo()));
        get("/api/v1/status/runtimeinfo", api(_ -> status.runtimeInfo()));
        get("/api/v1/status/flags", api(_ -> status.flags()));
        get("/api/v1/status/config", api(_ -> status.config()));
        get("/api/v1/status/tsdb", api(_ -> status.tsdb()));
        for (String method : List.of("POST", "PUT")) {
            route(
                    method,
                    "/api/v1/admin/tsdb/delete_series",
                    guarded(r -> catalog.delete(Parameters.of(r, generation))));
        }
        for (String method : List.of("GET", "HEAD")) {
            route(method, "/-/ready", _ -> plain("Prometheus Server is Ready.\n"));
            route(method, "/-/healthy", _ -> plain("Prometheus Server is Healthy.\n"));
        }
    }

    Reply answer(Request request) {
        Matcher values = LABEL_VALUES.matcher(request.path());
        if (values.matches()) {
            String name = URLDecoder.decode(values.group(1), StandardCharsets.UTF_8);
            Handler handler = api(parameters -> catalog.labelValues(name, parameters));
            return answer(request, Map.of("GET", handler));
        }
        Map<String, Handler> methods = routes.get(request.path());
        return methods == null ? Reply.text(404, "404 page not found") : answer(request, methods);
    }

    private static Reply answer(Request request, Map<String, Handler> methods) {
        Handler handler = methods.get(request.method());
        if (handler == null) {
            TreeSet<String> allowed = new TreeSet<>(methods.keySet());
            allowed.add("OPTIONS");
            return Reply.text(405, "Method Not Allowed").with("Allow", String.join(", ", allowed));
        }
        return handler.apply(request);
    }

    private Handler api(Function<Parameters, ApiResult> call) {
        return guarded(request -> call.apply(Parameters.of(request, generation)).reply(json));
    }

    private Handler guarded(Handler handler) {
        return request -> {
            try {
                return handler.apply(request);
            } catch (ApiError e) {
                return e.reply(json);
            }
        };
    }

    private static Reply dropSeries() {
        throw ApiError.internal("not implemented");
    }

    private static Reply plain(String text) {
        return Reply.of("text/plain; charset=utf-8", ByteString.copyFromUtf8(text));
    }

    private void get(String path, Handler handler) {
        route("GET", path, handler);
    }

    private void post(String path, Handler handler) {
        route("POST", path, handler);
    }

    private void getOrPost(String path, Handler handler) {
        get(path, handler);
        post(path, handler);
    }

    private void route(String method, String path, Handler handler) {
        routes.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(method, handler);
    }
}
